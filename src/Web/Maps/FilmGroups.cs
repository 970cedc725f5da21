using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Web.Maps;

/// <summary>Films that have a colour together.</summary>
/// <param name="Name">Of the film or the folder, or of the first and the last.</param>
/// <param name="Films">Films in it.</param>
/// <param name="Frames">Their frames on the map.</param>
internal sealed record FilmGroup(string Name, int Films, int Frames);

/// <summary>Every film in one of at most <see cref="Palette.Colours"/> groups, so that every point has a colour that means something: each
/// film where there are few, else each folder where there are few, else what follows each other by name, about the same number of frames
/// in each group.</summary>
internal sealed class FilmGroups
{
    private readonly List<FilmGroup> _all = [];
    private readonly int[] _of;

    /// <param name="map">The map.</param>
    /// <param name="frames">Frames of a film on it.</param>
    public FilmGroups(AtlasMap map, Func<int, int> frames)
    {
        _of = new int[map.Films.Count];
        var films = Enumerable.Range(0, map.Films.Count).OrderBy(map.NameOf, StringComparer.OrdinalIgnoreCase).ToList();
        var folders = films.GroupBy(film => FolderOf(map.NameOf(film))).Select(folder => (folder.Key, Films: folder.ToList())).ToList();
        var parts =
            films.Count <= Palette.Colours || folders.Count == 1
                ? [.. films.Select(film => (Name: map.NameOf(film), Films: new List<int> { film }))]
                : folders;
        var (total, done) = (films.Sum(frames), 0);
        for (var next = 0; next < parts.Count; )
        {
            var first = next;
            var members = new List<int>();
            do
            {
                members.AddRange(parts[next].Films);
                done += parts[next].Films.Sum(frames);
                next++;
            } while (
                parts.Count > Palette.Colours
                && next < parts.Count
                && (
                    _all.Count == Palette.Colours - 1
                    || done + (parts[next].Films.Sum(frames) / 2) < (long)total * (_all.Count + 1) / Palette.Colours
                )
            );

            members.ForEach(film => _of[film] = _all.Count);
            var name = next - first == 1 ? parts[first].Item1 : $"{parts[first].Item1} … {parts[next - 1].Item1}";
            _all.Add(new FilmGroup(name, members.Count, members.Sum(frames)));
        }
    }

    /// <summary>The groups, by number.</summary>
    public IReadOnlyList<FilmGroup> All => _all;

    /// <summary>Number of the group of a film.</summary>
    public int Of(int film) => _of[film];

    private static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];
}
