using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Web.Maps;

// Why: docs/decisions/web-colours.md
/// <summary>Every film in one of at most <see cref="Palette.Colours"/> groups, so that every point has a colour that means something: each
/// film where there are few, else each folder where there are few, else what follows each other by name, about the same number of frames
/// in each group.</summary>
internal sealed class FilmGroups
{
    private readonly List<FilmGroup> _all = [];
    private readonly int[] _of;

    /// <param name="names">Names of all films.</param>
    /// <param name="frames">Frames of a film on the map.</param>
    public FilmGroups(IReadOnlyList<string> names, Func<int, int> frames)
    {
        _of = new int[names.Count];
        var films = Enumerable.Range(0, names.Count).OrderBy(film => names[film], StringComparer.OrdinalIgnoreCase).ToList();
        var folders = films.GroupBy(film => FolderOf(names[film])).Select(folder => (Name: folder.Key, Films: folder.ToList())).ToList();
        var byFolder = films.Count > Palette.Colours && folders.Count > 1;
        var parts = byFolder ? folders : [.. films.Select(film => (names[film], new List<int> { film }))];
        var (total, done, first, last) = (films.Sum(film => (long)frames(film)), 0L, "", -1);
        foreach (var (name, members) in parts)
        {
            var count = members.Sum(frames);
            var at = parts.Count <= Palette.Colours ? last + 1 : (int)((done + (count / 2)) * Palette.Colours / Math.Max(1, total));
            done += count;
            if (at != last)
            {
                (first, last) = (name, at);
                _all.Add(new FilmGroup(name, 0, 0));
            }

            var group = _all[^1];
            _all[^1] = new(first == name ? name : $"{first} … {name}", group.Films + members.Count, group.Frames + count);
            members.ForEach(film => _of[film] = _all.Count - 1);
        }
    }

    /// <summary>The groups, by number.</summary>
    public IReadOnlyList<FilmGroup> All => _all;

    /// <summary>Number of the group of a film.</summary>
    public int Of(int film) => _of[film];

    private static string FolderOf(string name) => name.LastIndexOf('/') is >= 0 and var slash ? name[..(slash + 1)] : "./";
}
