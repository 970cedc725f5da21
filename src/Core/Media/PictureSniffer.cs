namespace OrleansAtlas.Media;

/// <summary>Tells a still picture by its first bytes, so that no process is started for one.</summary>
/// <remarks>GIF is left to ffmpeg, which plays it whether it moves or not; of an animated WebP, which ffmpeg cannot play, the first picture
/// counts.</remarks>
internal static class PictureSniffer
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 32;

    private static readonly string[] StillBrands = ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis"];

    /// <summary>The kind of picture, for a sentence; null where it is none.</summary>
    public static string? Kind(ReadOnlySpan<byte> head) =>
        head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "JPEG",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => "PNG",
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "TIFF",
            _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8) => "WebP",
            _ when head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && IsStill(head[8..12]) => "HEIF",
            _ => null,
        };

    private static bool IsStill(ReadOnlySpan<byte> brand)
    {
        foreach (var still in StillBrands)
        {
            if (System.Text.Ascii.Equals(brand, still))
            {
                return true;
            }
        }

        return false;
    }
}
