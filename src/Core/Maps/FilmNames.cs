namespace OrleansAtlas.Maps;

/// <summary>Names of films as a legend has room for.</summary>
public static class FilmNames
{
    /// <summary>The files' names without their folders, where that leaves them all different; else the names as they are.</summary>
    public static IReadOnlyList<string> Short(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] files = [.. names.Select(name => name[(name.LastIndexOf('/') + 1)..])];
        return files.Distinct(StringComparer.Ordinal).Count() == files.Length ? files : names;
    }
}
