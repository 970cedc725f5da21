using System.Globalization;

namespace OrleansAtlas.Client.Verbs;

/// <summary>What the picture verbs ask of their options.</summary>
internal static class Pictures
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>A path whose extension names a picture format and whose folder is there.</summary>
    public static string Check(string path)
    {
        if (!Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            throw new UsageException($"'{path}' does not end in {string.Join(", ", Extensions)}; the extension says which kind of picture is written.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? path : throw new UsageException($"The folder '{folder}' is not there; make it, or give another file with -o.");
    }

    /// <summary>Two numbers with something between.</summary>
    public static (double First, double Second) Pair(string text, char separator, string option, string form)
    {
        var parts = text.Split(separator);
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : throw new UsageException($"{option} '{text}' is not {form}.");
    }
}
