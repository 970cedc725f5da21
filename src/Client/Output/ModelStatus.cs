namespace OrleansAtlas.Client.Output;

/// <summary>The model that describes.</summary>
internal sealed record ModelStatus(string Name, int Dimensions);
