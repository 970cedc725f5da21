using OrleansAtlas.Media;

namespace OrleansAtlas.Search.Copies;

/// <summary>Where films are read again from, at a higher rate than the frames in the store have.</summary>
/// <param name="Films">Opens them.</param>
/// <param name="Decoder">Decodes them; null where ffmpeg is not here.</param>
/// <param name="Longest">Films longer than this many seconds are not decoded for it; what is there of them is used.</param>
public sealed record CopySources(FilmOpener Films, FilmDecoder? Decoder, double Longest = double.PositiveInfinity);
