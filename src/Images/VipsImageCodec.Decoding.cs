using NetVips;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <inheritdoc/>
    /// <remarks>For this program's own pictures: colour profiles and EXIF orientation are not looked at.</remarks>
    public RgbImage Decode(ReadOnlySpan<byte> file)
    {
        var loader = Loader(file) ?? throw new DamagedFileException($"The {file.Length} bytes are no JPEG, PNG or WebP picture.");
        try
        {
            return Decode(file, loader, shrink: 1);
        }
        catch (VipsException error)
        {
            throw new DamagedFileException($"The picture of {file.Length} bytes cannot be read: {error.Reason()}.", error);
        }
    }

    /// <summary>Decodes a JPEG at its own size or at the half, quarter or eighth of it: the smallest that is at least this large, so
    /// that a thumbnail costs a fraction of the whole picture.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="width">Pixels a row that are needed at least, as far as the picture has them.</param>
    /// <param name="height">Rows that are needed at least.</param>
    /// <exception cref="DamagedFileException">The bytes are no JPEG.</exception>
#pragma warning disable CA1822 // The constructor sees to it that libvips is here.
    public RgbImage Decode(ReadOnlySpan<byte> jpeg, int width, int height)
#pragma warning restore CA1822
    {
        var (wide, high) = JpegHeader.Read(jpeg) is { } header ? (header.Width, header.Height) : (0, 0);
        var shrink = 8;
        while (shrink > 1 && (wide / shrink < width || high / shrink < height))
        {
            shrink /= 2;
        }

        try
        {
            return Decode(jpeg, "jpegload_source", shrink);
        }
        catch (VipsException error)
        {
            throw new DamagedFileException($"The JPEG of {jpeg.Length} bytes cannot be read: {error.Reason()}.", error);
        }
    }

    private static RgbImage Decode(ReadOnlySpan<byte> file, string loader, int shrink)
    {
        using var source = Source.NewFromMemory(file.ToArray());
        var options = "access=sequential,fail_on=truncated" + (shrink > 1 ? $",shrink={shrink}" : "");
        using var image = (Image)Operation.Call(loader, Options(options), source);
        if (PictureCost.Refusal(image, file, out var whole) is { } refusal)
        {
            throw new DamagedFileException($"The picture of {file.Length} bytes cannot be read: {refusal}.");
        }

        return PictureCost.Within(whole, () => ToRgb(image, Fetch));
    }

    /// <summary>All pixels on this thread: for a small picture, starting libvips's own threads costs as much as decoding.</summary>
    private static byte[] Fetch(Image image)
    {
        using var region = Region.New(image);
        return region.Fetch(0, 0, image.Width, image.Height);
    }

    /// <summary>The loader for a file by its first bytes. libvips would ask all of its own, which takes longer.</summary>
    private static string? Loader(ReadOnlySpan<byte> file) =>
        file switch
        {
            [0xFF, 0xD8, ..] => "jpegload_source",
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "pngload_source",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "webpload_source",
            _ => null,
        };
}
