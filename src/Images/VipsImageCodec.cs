using NetVips;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

// Why: docs/decisions/pictures-through-netvips.md
/// <summary>Still pictures by libvips. Safe to use from any number of threads.</summary>
public sealed partial class VipsImageCodec : IImageCodec
{
    /// <exception cref="AtlasException">libvips is not here; the message says how to get it.</exception>
    public VipsImageCodec() => Version = VipsLibrary.Version;

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public unsafe byte[] EncodeJpeg(RgbImage image, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        fixed (byte* pixels = image.Span)
        {
            using var picture = View(pixels, image.Width, image.Height);
            return (byte[])Operation.Call("jpegsave_buffer", Options($"Q={quality},strip=true,subsample_mode=on"), picture);
        }
    }

    /// <summary>A view of pixels that have to stay where they are, and be as many as the size says, until it is disposed.</summary>
    /// <remarks>libvips takes the length for nothing but a check. NetVips also tells the garbage collector of it at every use, which
    /// then collects every tenth frame; what is no positive <see cref="long"/> it does not tell.</remarks>
    private static unsafe Image View(byte* pixels, int width, int height) =>
        Image.NewFromMemory((nint)pixels, ulong.MaxValue, width, height, 3, Enums.BandFormat.Uchar);

    /// <summary>Options as the text that libvips reads itself: for each option given on its own NetVips makes several calls.</summary>
    private static VOption Options(string options) => new() { ["string_options"] = options };
}
