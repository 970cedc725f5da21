using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>A film's way as it is drawn.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Colour">Of the line.</param>
/// <param name="Label">In the disc at its beginning; empty for a small plain one.</param>
/// <param name="Marks">Times in seconds at which it has a ring; null for round times.</param>
internal sealed record PathLine(FilmPath Path, Rgb Colour, string Label, IReadOnlyList<double>? Marks = null);
