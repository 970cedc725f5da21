using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

/// <summary>A decoded frame: its presentation time in the film and its pixels.</summary>
/// <param name="Time">Exact presentation time in seconds, as ffprobe gives it for that frame.</param>
/// <param name="Image">Upright, square pixels, the plan's size.</param>
public sealed record Frame(double Time, RgbImage Image);
