using NetVips;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    private const int LargestWebp = 16383;
    private const double MillimetresPerInch = 25.4;

    /// <inheritdoc/>
    /// <remarks>libvips reads the rows as a portable pixmap while it saves, on threads of its own, and no picture is in memory whole,
    /// but for WebP, whose encoder asks for that.</remarks>
    /// <exception cref="AtlasException">Another extension, or a WebP longer than 16383 pixels.</exception>
    public void Write(string path, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken)
    {
        var save = Saver(path, width, height);
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new NotFoundException($"The picture '{path}' cannot be written: its folder does not exist.");
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (save is null)
            {
                using var file = File.Create(temporary);
                PngWriter.Write(file, width, height, strip, dotsPerInch, cancellationToken);
            }
            else
            {
                var rows = new PixmapReader(width, height, strip, cancellationToken);
                Save(rows, image => save(image, temporary), dotsPerInch, path);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Save(PixmapReader rows, Action<Image> save, int dotsPerInch, string path)
    {
        try
        {
            using var source = new SourceCustom();
            source.OnRead += rows.Read;
            using var image = Image.PpmloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            using var sized = image.Copy(xres: dotsPerInch / MillimetresPerInch, yres: dotsPerInch / MillimetresPerInch);
            save(sized);
        }
        catch (VipsException error)
        {
            rows.Failure?.Throw();
            throw new AtlasException($"The picture '{path}' cannot be written: {error.Reason()}.", error);
        }
    }

    /// <summary>Writes this format by libvips; null for PNG, which this program writes faster itself.</summary>
    private static Action<Image, string>? Saver(string path, int width, int height) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => null,
            ".jpg" or ".jpeg" => (image, file) => image.Jpegsave(file, q: 90, subsampleMode: Enums.ForeignSubsample.Off),
            ".webp" when width <= LargestWebp && height <= LargestWebp => (image, file) => image.Webpsave(file, q: 85, effort: 1),
            ".webp" => throw new AtlasException(
                $"A WebP picture has at most {LargestWebp} pixels a side, this one would have {width} x {height}: "
                    + $"write '{Path.ChangeExtension(path, ".png")}' instead."
            ),
            var other => throw new AtlasException(
                $"'{other}' is no picture format this program writes: end '{path}' in .png, .jpg, .jpeg or .webp."
            ),
        };
}
