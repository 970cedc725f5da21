using NetVips;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <summary>The loaders that read photos. libvips has others, for drawings, documents and tables: such files are no photos.</summary>
    private static readonly Dictionary<string, string> Formats = new()
    {
        ["VipsForeignLoadJpegFile"] = "jpeg",
        ["VipsForeignLoadPngFile"] = "png",
        ["VipsForeignLoadWebpFile"] = "webp",
        ["VipsForeignLoadTiffFile"] = "tiff",
        ["VipsForeignLoadHeifFile"] = "heif",
        ["VipsForeignLoadNsgifFile"] = "gif",
        ["VipsForeignLoadJxlFile"] = "jxl",
        ["VipsForeignLoadJp2kFile"] = "jp2k",
    };

    private const int HeadBytes = 64 << 10;

    // Its bytes 16 to 19 name the kind of colours (ICC.1:2022, 7.2.6).
    private const int IccHeaderBytes = 128;

    /// <inheritdoc/>
    public PhotoHeader? ReadHeader(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var photo = PhotoFile.Open(path);
        return photo.Inner is { } inner ? InnerHeader(photo, inner) : Header(photo.Path);
    }

    /// <inheritdoc/>
    public RgbImage ReadPhoto(string path, int width, int height)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("it is not there any more");
        }

        using var photo = PhotoFile.Open(path);
        try
        {
            return VipsFailure.WithItsReason(() =>
                photo.Inner is { } inner
                    ? Turned(Thumbnail(inner, width, height, photo.Orientation), photo.Orientation)
                    : Thumbnail(photo.Path, width, height)
            );
        }
        catch (VipsException error)
        {
            return VipsFailure.AtNoOtherTime(() => WithoutEnd(photo, width, height))
                ?? throw new DamagedFileException(error.Reason(), error);
        }
    }

    private static PhotoHeader? Header(string path)
    {
        if (FindLoad(path) is not { } loader || !Formats.TryGetValue(loader, out var format))
        {
            return null;
        }

        try
        {
            using var image = Open(loader, path);
            var orientation = image.Contains("orientation") && image.Get("orientation") is int and >= 1 and <= 8 and var noted ? noted : 1;
            return Header(image.Width, image.Height, format, orientation);
        }
        catch (VipsException)
        {
            // It begins like a picture and has no header that can be read.
            return null;
        }
    }

    private static PhotoHeader? InnerHeader(PhotoFile photo, byte[] inner) =>
        JpegHeader.Read(inner) is { } header ? Header(header.Width, header.Height, "raw", photo.Orientation) : null;

    private static PhotoHeader Header(int width, int height, string format, int orientation) =>
        orientation >= 5 ? new PhotoHeader(height, width, format, orientation) : new PhotoHeader(width, height, format, orientation);

    private static RgbImage Thumbnail(string path, int width, int height)
    {
        var loader = FindLoad(path) ?? throw new DamagedFileException("it is no picture");
        var profile = Profile(loader, path, out var whole);
        var options = $"height={height},size=force,fail_on=truncated{profile}";
        return PictureCost.Within(
            whole,
            () =>
            {
                using var image = (Image)Operation.Call("thumbnail", Options(options), path, width);
                return ToRgb(image, picture => picture.WriteToMemory<byte>());
            }
        );
    }

    /// <summary>A JPEG from memory, to the size it has before it is turned.</summary>
    private static RgbImage Thumbnail(byte[] jpeg, int width, int height, int orientation)
    {
        if (JpegHeader.Read(jpeg) is not { } header)
        {
            throw new DamagedFileException("there is no picture in it that can be read, only what the sensor saw");
        }

        var (wide, high) = orientation >= 5 ? (height, width) : (width, height);
        using var source = Source.NewFromMemory(jpeg);
        var turning = orientation == 0 ? "" : ",no_rotate=true";
        return PictureCost.Within(
            header.Progressive ? (long)header.Width * header.Height * header.Components * 2 : 0,
            () =>
            {
                using var image = (Image)
                    Operation.Call("thumbnail_source", Options($"height={high},size=force,fail_on=truncated{turning}"), source, wide);
                return ToRgb(image, picture => picture.WriteToMemory<byte>());
            }
        );
    }

    /// <summary>A JPEG of which the mark of the end alone is missing: with the mark, no row may be damaged.</summary>
    private static RgbImage? WithoutEnd(PhotoFile photo, int width, int height)
    {
        const int Largest = 64 << 20;
        if (photo.Inner is not null || photo.Length > Largest)
        {
            return null;
        }

        byte[] bytes = [.. File.ReadAllBytes(photo.Path), 0xFF, 0xD9];
        try
        {
            if (JpegHeader.Read(bytes) is null)
            {
                return null;
            }

            // Scaling goes on where a row is damaged; reading all rows does not.
            using var source = Source.NewFromMemory(bytes);
            using var whole = (Image)Operation.Call("jpegload_source", Options("access=sequential,fail_on=warning"), source);
            _ = whole.Avg();
            return Thumbnail(bytes, width, height, 0);
        }
        catch (Exception error) when (error is VipsException or DamagedFileException)
        {
            // The reason that was found first stands.
            return null;
        }
    }

    /// <summary>Evaluates an image as three bytes a pixel in sRGB; what is transparent shows white, as on paper.</summary>
    private static RgbImage ToRgb(Image image, Func<Image, byte[]> evaluate)
    {
        if (image.Interpretation == Enums.Interpretation.Srgb && image.Bands == 3 && image.Format == Enums.BandFormat.Uchar)
        {
            return new RgbImage(image.Width, image.Height, evaluate(image));
        }

        using var colours = image.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = colours.HasAlpha() ? colours.Flatten(background: [255]) : colours.Copy();
        using var bytes = opaque.Cast(Enums.BandFormat.Uchar);
        return new RgbImage(bytes.Width, bytes.Height, evaluate(bytes));
    }

    /// <summary>Colours are converted by a profile only where the photo has one or is in print colours: without one, libvips's
    /// conversion to sRGB changes what is in sRGB already (pure blue of 220 gains 40 of red).</summary>
    private static string Profile(string loader, string path, out long whole)
    {
        using var image = Open(loader, path);
        if (PictureCost.Refusal(image, Head(path), out whole) is { } refusal)
        {
            throw new DamagedFileException(refusal);
        }

        return image.Interpretation == Enums.Interpretation.Cmyk || HasProfile(image) ? ",export_profile=srgb" : "";
    }

    /// <summary>Whether a photo has a colour profile that is meant for it. A program that makes a photo of colours out of one of greys may
    /// pass on the profile of greys, by which libvips would read each pixel as three.</summary>
    private static bool HasProfile(Image image) =>
        image.Contains("icc-profile-data")
        && !(
            image.Bands >= 3
            && image.Get("icc-profile-data") is byte[] { Length: >= IccHeaderBytes } icc
            && icc.AsSpan(16, 4).SequenceEqual("GRAY"u8)
        );

    private static ReadOnlySpan<byte> Head(string path)
    {
        using var file = File.OpenHandle(path);
        var head = new byte[Math.Min(HeadBytes, RandomAccess.GetLength(file))];
        return head.AsSpan(0, RandomAccess.Read(file, head, 0));
    }

    /// <summary>Turns as EXIF orientation asks for.</summary>
    private static RgbImage Turned(RgbImage image, int orientation)
    {
        if (orientation is < 2 or > 8)
        {
            return image;
        }

        using var flat = Image.NewFromMemoryCopy(image.Pixels, image.Width, image.Height, 3, Enums.BandFormat.Uchar);
        using var noted = flat.Copy();
        using var tagged = noted.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", orientation));
        using var upright = tagged.Autorot();
        return new RgbImage(upright.Width, upright.Height, upright.WriteToMemory<byte>());
    }

    /// <summary>Reads the header; pixels are read when they are asked for.</summary>
    private static Image Open(string loader, string path) => (Image)Operation.Call(loader, path);

    /// <summary>The loader that recognises a file by its first bytes; null where there is none.</summary>
    private static string? FindLoad(string path)
    {
        var loader = Image.FindLoad(path);
        if (loader is null)
        {
            VipsFailure.Forget();
        }

        return loader;
    }
}
