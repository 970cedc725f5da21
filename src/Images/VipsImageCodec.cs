using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

namespace OrleansAtlas.Images;

/// <summary>Still pictures by libvips. Safe to use from any number of threads.</summary>
public sealed partial class VipsImageCodec : IImageCodec
{
    private const int UnsignedChar = 0;

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
            using var picture = FromMemory(pixels, image.Width, image.Height);
            using var save = new VipsOperation("jpegsave_buffer");
            return save.Set("in", picture).Options($"Q={quality},strip=true,subsample_mode=on").Build().Buffer();
        }
    }

    /// <summary>A view of pixels that have to stay where they are until it is disposed.</summary>
    private static unsafe VipsHandle FromMemory(byte* pixels, int width, int height) =>
        new(Vips.ImageNewFromMemory(pixels, (nuint)width * (nuint)height * 3, width, height, 3, UnsignedChar));
}
