namespace OrleansAtlas.Maps;

/// <summary>The map versions of a collection, <c>maps/versions.json</c>, in the order they were published; the last one is shown unless
/// another is asked for.</summary>
/// <param name="Versions">Names of maps that are complete.</param>
public sealed record MapList(IReadOnlyList<string> Versions)
{
    /// <summary>The one that is shown; null where there is none.</summary>
    public string? Current => Versions.Count > 0 ? Versions[^1] : null;
}
