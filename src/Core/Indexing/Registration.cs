namespace OrleansAtlas.Indexing;

/// <summary>What became of a file: an id where it could be read, a reason to fail it, or a reason to ignore it; and its film where the file
/// was known and unchanged.</summary>
internal sealed record Registration(string? Id, string? Failure, string? Ignored, KnownFilm? Unchanged = null)
{
    /// <summary>Whether the file was damaged and was mended where it is: its film is done anew.</summary>
    public bool IsMended { get; init; }
}
