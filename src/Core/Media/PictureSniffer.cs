namespace OrleansAtlas.Media;

/// <summary>Tells a still picture by its first bytes, so that no process is started for one.</summary>
/// <remarks>GIF is left to ffmpeg, which plays it whether it moves or not; of an animated WebP, which ffmpeg cannot play, the first picture
/// counts.</remarks>
internal static class PictureSniffer
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 32;

    private static readonly string[] StillBrands = ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis"];

    // csharpier-ignore
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".jpx", ".jxr", ".bmp",
        ".psd",        ".psb", ".tga", ".exr", ".hdr", ".xcf",
    };

    // csharpier-ignore
    private static readonly HashSet<string> RawExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".orf", ".rw2", ".raf", ".pef", ".srw", ".3fr", ".iiq", ".erf", ".x3f",
    };

    /// <summary>The kind of picture, for a sentence; null where it is none.</summary>
    public static string? Kind(ReadOnlySpan<byte> head) =>
        head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "JPEG",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => "PNG",
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "TIFF",
            _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8) => "WebP",
            [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 13, 10, ..] => "JPEG XL",
            [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 13, 10, ..] => "JPEG 2000",
            _ when IsRaw(head) => "camera raw",
            _ when head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && IsStill(head[8..12]) => "HEIF",
            _ => null,
        };

    /// <summary>ffmpeg's format of a picture that the picture library does not read; null for another.</summary>
    public static string? FfmpegFormat(ReadOnlySpan<byte> head) =>
        head switch
        {
            // After the file's length: two words of nothing, then where the pixels are.
            [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, 0, 0, ..] => "bmp_pipe",
            [(byte)'8', (byte)'B', (byte)'P', (byte)'S', 0, 1, ..] => "psd_pipe",
            _ => null,
        };

    /// <summary>True for a name such as photo.psd.</summary>
    public static bool IsNamedLikePicture(string name) => Extensions.Contains(Path.GetExtension(name)) || IsRawName(name);

    /// <summary>True for a name such as photo.dng.</summary>
    public static bool IsRawName(string name) => RawExtensions.Contains(Path.GetExtension(name));

    private static bool IsRaw(ReadOnlySpan<byte> head) =>
        head.StartsWith("FUJIFILMCCD-RAW"u8)
        || head.StartsWith("IIRO"u8)
        || head.StartsWith("IIRS"u8)
        || head.StartsWith("IIU\0"u8)
        || (head.Length >= 12 && head[4..12].SequenceEqual("ftypcrx "u8));

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
