namespace OrleansAtlas.Client.Output;

/// <summary>What PCA kept.</summary>
internal sealed record PcaStatus(int Components, double VarianceKept);
