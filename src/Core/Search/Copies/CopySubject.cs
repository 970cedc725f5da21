namespace OrleansAtlas.Search.Copies;

/// <summary>A film or photo that is compared with others.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsPhoto">Whether it is a photo.</param>
/// <param name="ReadAsync">Gives its thumbnails, again and again.</param>
internal sealed record CopySubject(string Name, bool IsPhoto, Func<CancellationToken, Task<FilmThumbnails>> ReadAsync);
