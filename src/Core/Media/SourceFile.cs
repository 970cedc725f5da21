namespace OrleansAtlas.Media;

/// <summary>A file that may be a film or a photo.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What it is called: the path relative to the folder that was indexed, with slashes; for a file named by itself, its
/// file name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, UTC.</param>
/// <param name="Problem">Why it cannot be looked at, one sentence; null for a usual file.</param>
/// <param name="Ignored">Why it is left out, one sentence; null for a usual file.</param>
/// <param name="Target">The path without links in it; null where it is <paramref name="Path"/>.</param>
/// <param name="Tag">Another one after every change; null for a file.</param>
/// <param name="IsMissing">Whether nothing is there: a problem, but for a film that was known.</param>
public sealed record SourceFile(
    string Path,
    string Name,
    long Size,
    DateTimeOffset Modified,
    string? Problem = null,
    string? Ignored = null,
    string? Target = null,
    string? Tag = null,
    bool IsMissing = false
);
