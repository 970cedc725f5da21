using NetVips;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

/// <summary>Still pictures by libvips. Safe to use from any number of threads.</summary>
public sealed partial class VipsImageCodec : IImageCodec
{
    /// <exception cref="DllNotFoundException">libvips is not here; the message says how to get it.</exception>
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
            // The size is only checked against the picture's own, as the span has done. NetVips would report it to the garbage
            // collector too, on every call, which then collects every tenth frame; it leaves out what is not positive as a long.
            using var picture = Image.NewFromMemory((nint)pixels, ulong.MaxValue, image.Width, image.Height, 3, Enums.BandFormat.Uchar);
            return (byte[])Operation.Call("jpegsave_buffer", Options($"Q={quality},strip=true,subsample_mode=on"), picture);
        }
    }

    /// <summary>Options as the text that libvips reads itself: for each option given on its own NetVips makes several calls.</summary>
    private static VOption Options(string options) => new() { ["string_options"] = options };
}
