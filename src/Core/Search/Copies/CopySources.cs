using OrleansAtlas.Media;

namespace OrleansAtlas.Search.Copies;

/// <summary>Where films are read again from, at a higher rate than the frames in the store have.</summary>
/// <param name="Films">Opens them.</param>
/// <param name="Decoder">Decodes them; null where ffmpeg is not here.</param>
/// <param name="Keep">Whether what is made of them may be stored.</param>
public sealed record CopySources(FilmOpener Films, FilmDecoder? Decoder, bool Keep)
{
    /// <summary>The stored frames alone.</summary>
    public static CopySources None { get; } = new(new FilmOpener(), null, false);
}
