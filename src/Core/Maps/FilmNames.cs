namespace OrleansAtlas.Maps;

/// <summary>Names of films as a legend has room for: no paths.</summary>
public static class FilmNames
{
    /// <summary>The files' names without folder and extension; with them, as <c>name.ext</c> or <c>name (folder)</c>, where others are
    /// called the same; the paths where that does not tell them apart either.</summary>
    public static IReadOnlyList<string> Short(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var shortest = names.ToArray();
        int[] open = [.. Enumerable.Range(0, names.Count)];
        foreach (var form in (Func<string, string>[])[Bare, File, InFolder])
        {
            foreach (var i in open)
            {
                shortest[i] = form(names[i]);
            }

            var counts = shortest.CountBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
            open = [.. open.Where(i => counts[shortest[i]] > 1)];
        }

        foreach (var i in open)
        {
            shortest[i] = names[i];
        }

        return shortest;
    }

    private static string File(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Bare(string name) =>
        File(name) is var file && file.LastIndexOf('.') is > 0 and var dot ? file[..dot] : File(name);

    private static string InFolder(string name) => name.Split('/') is [.., var folder, _] ? $"{Bare(name)} ({folder})" : name;
}
