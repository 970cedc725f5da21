namespace OrleansAtlas.Store;

/// <summary>An input that failed before it was known what it is: an address that answers with an error, a file that may not be
/// read.</summary>
/// <param name="Name">What it is called, as a film.</param>
/// <param name="Path">Absolute path, or an address without a secret.</param>
/// <param name="Reason">Why, one sentence.</param>
public sealed record FailedInput(string Name, string Path, string Reason);
