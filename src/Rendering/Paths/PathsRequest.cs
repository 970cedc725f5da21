namespace OrleansAtlas.Rendering.Paths;

/// <summary>What a picture of films' ways shows.</summary>
/// <param name="Title">Over the picture.</param>
public sealed record PathsRequest(string Title)
{
    /// <summary>Pixels a row.</summary>
    public int Width { get; init; } = 2400;

    /// <summary>Rows.</summary>
    public int Height { get; init; } = 1500;

    /// <summary>Films with a strip of their frames, at most the twenty that have a colour; 0 for a legend instead.</summary>
    public int Strips { get; init; } = 20;
}
