using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Bench;

/// <summary>Some clips of an export, of which some belong together.</summary>
/// <param name="Name">What belongs together.</param>
/// <param name="Clips">All that are ranked; each clip's film is its number here.</param>
/// <param name="Asked">Those of a group of at least two, which are asked with.</param>
internal sealed record ClipSet(string Name, IReadOnlyList<GroupedClip> Clips, IReadOnlyList<GroupedClip> Asked);

/// <summary>A clip and what it belongs to.</summary>
/// <param name="Clip">Its reduced vectors.</param>
/// <param name="Looks">The sum of its descriptors.</param>
/// <param name="Group">What it belongs to; null for nothing.</param>
internal sealed record GroupedClip(Clip Clip, float[] Looks, string? Group);

/// <summary>Clips that are known to belong together: films of a group (groups.tsv), pieces of one film, photos of one class.</summary>
internal sealed class ClipSets
{
    // So many pieces at least are taken of a film; it is whole among the others where it is too short for them.
    private const int LeastPieces = 3;

    // Line drawings, all much alike: other films are also judged without them.
    private const string Drawings = "curiosity_studies/";

    private static readonly (string Path, string Group)[] Groups =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "groups.tsv")).Select(line => line.Split('\t')).Select(c => (c[0], c[1])),
    ];

    private readonly Half[] _descriptors;
    private readonly int _dimensions;
    private readonly bool _photos;

    public ClipSets(Export export)
    {
        _descriptors = export.Descriptors();
        _dimensions = _descriptors.Length / export.Frames;
        _photos = export.Films == export.Frames;
        var unit = export with { Rows = Clip.Unit([.. export.Rows], export.Width) };
        Library = [.. Enumerable.Range(0, export.Frames).GroupBy(i => export.FilmOf[i]).Select(frames => Film(unit, [.. frames]))];
    }

    /// <summary>All films.</summary>
    public IReadOnlyList<Clip> Library { get; }

    public IEnumerable<ClipSet> All() => _photos ? new[] { 1, 2, 4 }.Select(Photos) : [Films(), .. new[] { 2, 3, 5 }.SelectMany(Pieces)];

    private ClipSet Films() =>
        Set(
            "films of a group",
            Moving.Select(film => Grouped([film], Groups.FirstOrDefault(g => film.Name.Contains(g.Path, StringComparison.Ordinal)).Group))
        );

    private IEnumerable<Clip> Moving => Library.Where(film => film.Count > 1);

    /// <summary>Every second piece of films that have several; the others whole.</summary>
    private IEnumerable<ClipSet> Pieces(int frames)
    {
        var set = Set(
            $"pieces of {frames} frames",
            Moving.SelectMany(film =>
                film.Count >= frames * LeastPieces * 2
                    ? Enumerable
                        .Range(0, film.Count / (2 * frames))
                        .Select(piece => Grouped([film.Slice(piece * 2 * frames, frames)], film.Name))
                    : [Grouped([film], null)]
            )
        );
        yield return set;
        if (set.Clips.Any(IsDrawing) && set.Asked.Any(clip => !IsDrawing(clip)))
        {
            yield return set with
            {
                Name = $"{set.Name}, not of drawings",
                Asked = [.. set.Asked.Where(clip => !IsDrawing(clip))],
            };
            yield return Set($"{set.Name}, without drawings", set.Clips.Where(clip => !IsDrawing(clip)));
        }

        static bool IsDrawing(GroupedClip clip) => clip.Clip.Name.Contains(Drawings, StringComparison.Ordinal);
    }

    /// <summary>Some photos of a class as a clip.</summary>
    private ClipSet Photos(int together) =>
        Set(
            together == 1 ? "photos of a class" : $"{together} photos of a class",
            Library
                .GroupBy(photo => Path.GetDirectoryName(photo.Name))
                .SelectMany(group => group.Chunk(together).Where(photos => photos.Length == together).Select(p => Grouped(p, group.Key)))
        );

    private static ClipSet Set(string name, IEnumerable<GroupedClip> clips)
    {
        GroupedClip[] all = [.. clips.Select((clip, i) => clip with { Clip = clip.Clip with { Film = i } })];
        return new ClipSet(
            name,
            all,
            [.. all.Where(clip => clip.Group is not null).GroupBy(clip => clip.Group).Where(group => group.Count() > 1).SelectMany(g => g)]
        );
    }

    private GroupedClip Grouped(Clip[] clips, string? group)
    {
        var looks = new float[_dimensions];
        foreach (var frame in clips.SelectMany(clip => Enumerable.Range(clip.First, clip.Count)))
        {
            for (var d = 0; d < _dimensions; d++)
            {
                looks[d] += (float)_descriptors[(frame * _dimensions) + d];
            }
        }

        var whole = clips[0] with
        {
            Times = clips.Length == 1 ? clips[0].Times : [.. Enumerable.Range(0, clips.Length).Select(time => (double)time)],
            Rows = [.. clips.SelectMany(clip => clip.Rows)],
            Positions = [.. clips.SelectMany(clip => clip.Positions)],
        };
        return new GroupedClip(whole, looks, group);
    }

    private static Clip Film(Export export, int[] frames) =>
        new(
            export.Paths[frames[0]],
            export.FilmOf[frames[0]],
            [.. frames.Select(i => export.Times[i])],
            export.Rows[(frames[0] * export.Width)..((frames[^1] + 1) * export.Width)],
            new float[2 * frames.Length],
            frames[0]
        );
}
