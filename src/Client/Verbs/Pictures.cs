using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Verbs;

/// <summary>What the picture verbs ask of their options.</summary>
internal static class Pictures
{
    private static readonly Lazy<VipsImageCodec> Loaded = new(() => new VipsImageCodec());
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>The picture library.</summary>
    /// <exception cref="AtlasException">It is not here.</exception>
    public static VipsImageCodec Codec => Loaded.Value;

    /// <summary>How many clips.</summary>
    public static Option<int> Count { get; } =
        new("--count", "-k")
        {
            Description = "How many clips. Default: 9",
            HelpName = "N",
            DefaultValueFactory = _ => 9,
        };

    /// <summary>A picture where one is wanted.</summary>
    public static Option<string?> Output { get; } = new("--output", "-o") { Description = "Picture to draw.", HelpName = "FILE" };

    /// <summary>An edit list where one is wanted.</summary>
    public static Option<string?> Otio { get; } =
        new("--otio") { Description = "Edit list to write (OpenTimelineIO), which editors open.", HelpName = "FILE" };

    /// <summary>The number of clips, checked.</summary>
    public static int ReadCount(ParseResult result) =>
        result.GetValue(Count) is var count and >= 1 and <= 1000
            ? count
            : throw new UsageException($"-k {result.GetValue(Count)} is not from 1 to 1000.");

    /// <summary>The files to write, checked.</summary>
    public static (string? Picture, string? Otio) ReadOutputs(ParseResult result)
    {
        var (picture, otio) = (result.GetValue(Output), result.GetValue(Otio));
        if (otio is not null && Path.GetExtension(otio) != ".otio")
        {
            throw new UsageException($"--otio '{otio}' does not end in .otio, by which editors know what it is.");
        }

        return (picture is null ? null : Check(picture), otio is null ? null : CheckFolder(otio));
    }

    /// <summary>Writes clips as an edit list.</summary>
    public static Task WriteOtioAsync(
        string path,
        string title,
        AtlasMap map,
        IReadOnlyList<Clip> clips,
        CancellationToken cancellationToken
    ) =>
        AtomicFile.WriteAsync(
            path,
            (stream, token) => stream.WriteAsync(OtioWriter.ToJson(title, map, clips), token).AsTask(),
            cancellationToken
        );

    /// <summary>Says which files were written.</summary>
    public static void Mention(TextWriter writer, params IEnumerable<string?> files)
    {
        foreach (var file in files.OfType<string>())
        {
            writer.WriteLine(file);
        }
    }

    /// <summary>Seconds as people read them.</summary>
    public static string Time(double seconds) =>
        seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{seconds % 60:00.0}");

    /// <summary>A path whose extension names a picture format and whose folder is there.</summary>
    public static string Check(string path)
    {
        if (!Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            throw new UsageException(
                $"'{path}' does not end in {string.Join(", ", Extensions)}; the extension says which kind of picture is written."
            );
        }

        return CheckFolder(path);
    }

    private static string CheckFolder(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder)
            ? path
            : throw new UsageException($"The folder '{folder}' is not there; make it, or give another file with -o.");
    }

    /// <summary>Two numbers with something between.</summary>
    public static (double First, double Second) Pair(string text, char separator, string option, string form)
    {
        var parts = text.Split(separator);
        return
            parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : throw new UsageException($"{option} '{text}' is not {form}.");
    }
}
