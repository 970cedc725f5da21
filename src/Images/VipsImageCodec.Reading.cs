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
    };

    /// <inheritdoc/>
    public PhotoHeader? ReadHeader(string path)
    {
        if (!File.Exists(path) || FindLoad(path) is not { } loader || !Formats.TryGetValue(loader, out var format))
        {
            return null;
        }

        try
        {
            using var image = Open(loader, path);
            var orientation = image.Contains("orientation") && image.Get("orientation") is int and >= 1 and <= 8 and var noted ? noted : 1;
            return orientation >= 5
                ? new PhotoHeader(image.Height, image.Width, format, orientation)
                : new PhotoHeader(image.Width, image.Height, format, orientation);
        }
        catch (VipsException)
        {
            // It begins like a picture and has no header that can be read.
            return null;
        }
    }

    /// <inheritdoc/>
    public RgbImage ReadPhoto(string path, int width, int height)
    {
        if (!File.Exists(path))
        {
            throw new NotFoundException($"There is no picture '{path}'.");
        }

        var loader = FindLoad(path) ?? throw new DamagedFileException($"The picture '{path}' cannot be read: it is no picture.");
        try
        {
            var options = $"height={height},size=force,fail_on=truncated{Profile(loader, path)}";
            using var image = (Image)Operation.Call("thumbnail", Options(options), path, width);
            return ToRgb(image, picture => picture.WriteToMemory<byte>());
        }
        catch (VipsException error)
        {
            throw new DamagedFileException($"The picture '{path}' cannot be read: {error.Reason()}.", error);
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
    private static string Profile(string loader, string path)
    {
        using var image = Open(loader, path);
        return image.Interpretation == Enums.Interpretation.Cmyk || image.Contains("icc-profile-data") ? ",export_profile=srgb" : "";
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
