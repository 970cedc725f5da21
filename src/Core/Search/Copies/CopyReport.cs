namespace OrleansAtlas.Search.Copies;

/// <summary>What a search for copies found, and what it could look at.</summary>
/// <param name="Copies">Pairs, identical files first, then the surest first.</param>
/// <param name="Films">Films compared by what moves in them.</param>
/// <param name="Photos">Photos compared.</param>
/// <param name="Still">Films in which nothing moves, and plain photos: there is nothing to compare in them.</param>
/// <param name="Coarse">Films of which only the stored frames could be compared, each with the reason.</param>
/// <param name="NotKept">Why the pictures that were made for it are not in the store and will be made again; null where they are.</param>
public sealed record CopyReport(
    IReadOnlyList<CopyMatch> Copies,
    int Films,
    int Photos,
    IReadOnlyList<string> Still,
    IReadOnlyList<CoarseFilm> Coarse,
    string? NotKept = null
);

/// <summary>A film that could only be compared by its stored frames.</summary>
/// <param name="Name">The film.</param>
/// <param name="Reason">Why.</param>
public sealed record CoarseFilm(string Name, string Reason);
