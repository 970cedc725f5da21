namespace OrleansAtlas.Imaging;

/// <summary>A rectangle of pixels.</summary>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height);
