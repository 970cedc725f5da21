using System.Runtime.InteropServices;
using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <summary>VIPS_INTERPRETATION_sRGB.</summary>
    private const int StandardRgb = 22;

    /// <summary>VIPS_INTERPRETATION_CMYK.</summary>
    private const int Cmyk = 15;

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

    private static readonly HashSet<string> BufferLoaders = ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"];

    /// <inheritdoc/>
    public PhotoHeader? ReadHeader(string path)
    {
        if (!File.Exists(path) || !Formats.TryGetValue(FindLoad(path), out var format))
        {
            return null;
        }

        try
        {
            using var image = Open(path);
            var orientation = Vips.Orientation(image);
            var (width, height) = (Vips.Width(image), Vips.Height(image));
            return orientation >= 5 ? new PhotoHeader(height, width, format, orientation) : new PhotoHeader(width, height, format, orientation);
        }
        catch (VipsError)
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
            throw new FileNotFoundException($"There is no picture '{path}'.", path);
        }

        try
        {
            using var thumbnail = new VipsOperation("thumbnail");
            using var image = thumbnail.Set("filename", path)
                .Options($"width={width},height={height},size=force,fail_on=truncated{Profile(path)}").Build().Image();
            return ToRgb(image);
        }
        catch (VipsError error)
        {
            throw new InvalidDataException($"The picture '{path}' cannot be read: {error.Message}.", error);
        }
    }

    /// <inheritdoc/>
    /// <remarks>For this program's own pictures: colour profiles and EXIF orientation are not looked at.</remarks>
    public unsafe RgbImage Decode(ReadOnlySpan<byte> file)
    {
        fixed (byte* bytes = file)
        {
            var loader = file.Length == 0 ? "" : Name(Vips.FindLoadBuffer(bytes, (nuint)file.Length));
            if (!BufferLoaders.Contains(loader))
            {
                VipsError.Take();
                throw new InvalidDataException($"The {file.Length} bytes are no JPEG, PNG or WebP picture.");
            }

            try
            {
                using var load = new VipsOperation(loader);
                using var image = load.Set("buffer", bytes, file.Length).Options("access=sequential,fail_on=truncated").Build().Image();
                return ToRgb(image);
            }
            catch (VipsError error)
            {
                throw new InvalidDataException($"The picture of {file.Length} bytes cannot be read: {error.Message}.", error);
            }
        }
    }

    /// <summary>Evaluates an image as three bytes a pixel in sRGB; what is transparent shows white, as on paper.</summary>
    private static RgbImage ToRgb(VipsHandle image)
    {
        if (Vips.Interpretation(image) == StandardRgb && Vips.Bands(image) == 3 && Vips.Format(image) == UnsignedChar)
        {
            return Evaluate(image);
        }

        using var colours = VipsOperation.Apply("colourspace", image, "space=srgb");
        using var opaque = Vips.HasAlpha(colours) != 0
            ? VipsOperation.Apply("flatten", colours, "background=255")
            : VipsOperation.Apply("copy", colours);
        using var bytes = VipsOperation.Apply("cast", opaque, "format=uchar");
        return Evaluate(bytes);
    }

    private static RgbImage Evaluate(VipsHandle bytes)
    {
        var memory = Vips.ImageWriteToMemory(bytes, out var length);
        if (memory == 0)
        {
            throw VipsError.Take();
        }

        var pixels = new byte[length];
        Marshal.Copy(memory, pixels, 0, pixels.Length);
        GObject.Free(memory);
        return new RgbImage(Vips.Width(bytes), Vips.Height(bytes), pixels);
    }

    /// <summary>Colours are converted by a profile only where the photo has one or is in print colours: without one, libvips's
    /// conversion to sRGB changes what is in sRGB already (pure blue of 220 gains 40 of red).</summary>
    private static string Profile(string path)
    {
        using var image = Open(path);
        var needed = Vips.Interpretation(image) == Cmyk || Vips.TypeOf(image, "icc-profile-data") != 0;
        return needed ? ",export_profile=srgb" : "";
    }

    /// <summary>Reads the header; pixels are read when they are asked for.</summary>
    private static VipsHandle Open(string path)
    {
        var loader = FindLoad(path);
        using var load = new VipsOperation(loader.Length == 0 ? throw new VipsError("it is no picture") : loader);
        return load.Set("filename", path).Build().Image();
    }

    /// <summary>The loader that recognises a file by its first bytes, or nothing.</summary>
    private static string FindLoad(string path)
    {
        var loader = Name(Vips.FindLoad(path));
        if (loader.Length == 0)
        {
            VipsError.Take();
        }

        return loader;
    }

    private static string Name(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
