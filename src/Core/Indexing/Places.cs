using OrleansAtlas.Media;

namespace OrleansAtlas.Indexing;

/// <summary>Files, folders and addresses, to ask what lies under them.</summary>
/// <param name="places">As a person names them.</param>
internal sealed class Places(IEnumerable<string> places)
{
    private readonly HashSet<string> _roots = places.Select(RootOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>A place as it is compared: absolute, without a secret and without a slash at its end.</summary>
    public static string RootOf(string place) =>
        (FilmAddress.IsAddress(place) ? FilmAddress.Plain(place) : Path.GetFullPath(place)).TrimEnd('/');

    /// <summary>Whether a path is one of them, or under one.</summary>
    public bool IsAbove(string path) => Above(path).Any();

    /// <summary>Those that a path is, or is under.</summary>
    public IEnumerable<string> Above(string path)
    {
        if (_roots.Count == 0)
        {
            yield break;
        }

        var lookup = _roots.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = path.Length; end >= 0; end = end > 0 ? path.LastIndexOf('/', end - 1) : -1)
        {
            if (lookup.TryGetValue(path.AsSpan(0, end), out var root))
            {
                yield return root;
            }
        }
    }
}
