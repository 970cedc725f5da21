using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <summary>Decodes a JPEG at its own size or at the half, quarter or eighth of it: the smallest that is at least this large, so
    /// that a thumbnail costs a fraction of the whole picture.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="width">Pixels a row that are needed at least, as far as the picture has them.</param>
    /// <param name="height">Rows that are needed at least.</param>
    /// <exception cref="InvalidDataException">The bytes are no JPEG.</exception>
    public unsafe RgbImage Decode(ReadOnlySpan<byte> jpeg, int width, int height)
    {
        fixed (byte* bytes = jpeg)
        {
            try
            {
                using var header = new VipsOperation("jpegload_buffer");
                using var whole = header.Set("buffer", bytes, jpeg.Length).Options("access=sequential").Build().Image();
                var shrink = 8;
                while (shrink > 1 && (Vips.Width(whole) / shrink < width || Vips.Height(whole) / shrink < height))
                {
                    shrink /= 2;
                }

                using var load = new VipsOperation("jpegload_buffer");
                using var image = load.Set("buffer", bytes, jpeg.Length).Options($"access=sequential,fail_on=truncated,shrink={shrink}").Build().Image();
                return ToRgb(image);
            }
            catch (VipsError error)
            {
                throw new InvalidDataException($"The JPEG of {jpeg.Length} bytes cannot be read: {error.Message}.", error);
            }
        }
    }
}
