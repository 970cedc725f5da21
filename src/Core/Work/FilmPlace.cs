using System.Text.Json.Serialization;

namespace OrleansAtlas.Work;

/// <summary>Where a film is or was, as runs tell of it.</summary>
/// <param name="Name">What it is called: relative to the folder that was indexed; its path where two places of the collection are called
/// the same.</param>
/// <param name="Path">Absolute path, or an address without a secret; null where a run of an older version told.</param>
/// <param name="Id">Content id of the film that is there now, or was there where it is gone or was replaced by what fails; null where an
/// older version told, or nothing was.</param>
[JsonConverter(typeof(FilmPlaceJson))]
public sealed record FilmPlace(string Name, string? Path, string? Id = null)
{
    /// <summary>Content id of another film that was there before; null where none was, or an older version told.</summary>
    public string? Before { get; init; }

    /// <summary>Whether the film that is there now was known before, at another place.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Ordinal order of names, then of paths.</summary>
    public static IComparer<FilmPlace> ByName { get; } =
        Comparer<FilmPlace>.Create(
            (a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Path, b.Path)
        );

    /// <summary>What the place is known by over several runs, which may call it otherwise.</summary>
    internal string Key => Path ?? Name;
}
