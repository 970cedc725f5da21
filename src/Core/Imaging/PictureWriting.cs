namespace OrleansAtlas.Imaging;

/// <summary>Writing a picture that is in memory whole.</summary>
public static class PictureWriting
{
    private const int DotsPerInch = 150;

    /// <summary>Writes a picture file whose format is the path's extension; it appears whole or not at all.</summary>
    public static void Write(this IImageCodec codec, string path, RgbImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(image);
        codec.Write(
            path,
            image.Width,
            image.Height,
            (top, rows) => image.Span.Slice(top * image.Width * 3, rows.Length).CopyTo(rows),
            DotsPerInch,
            cancellationToken
        );
    }
}
