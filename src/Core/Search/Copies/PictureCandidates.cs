using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds pairs of films, or of photos, of which one may show a part of what the other shows, turned or not, as a negative or not:
/// every crop of a frame is looked up among the whole frames of all others.</summary>
internal sealed class PictureCandidates
{
    /// <summary>Least cosine of two hashes.</summary>
    public const float Least = 0.62f;

    /// <summary>Seconds between frames that are looked up, and between those that they are looked up among.</summary>
    private const double Asked = 1;
    private const double Kept = 0.25;

    // Hits that are followed, of a pair of films in one direction.
    private const int Followed = 4;

    // Frames to each side, a second, that have the same bars where a part of a film has its own.
    private const int Around = (int)ThumbnailDecoder.Rate;

    private static readonly PictureTurn[] Turns = [.. Enumerable.Range(0, 8).Select(turn => (PictureTurn)turn)];
    private static readonly PictureView[] Crops =
    [
        .. Parts([
            (0.93, 0.93, 2, 2),
            (0.93, 0.93, 1, 1),
            (0.86, 0.86, 3, 3),
            (0.78, 0.78, 4, 4),
            (0.7, 0.7, 5, 5),
            (0.75, 1, 5, 1),
            (1, 0.75, 1, 5),
            (0.87, 1, 3, 1),
            (1, 0.87, 1, 3),
        ]),
    ];

    // A photo is one picture, so it is looked up at more places: one of them is within a thirtieth of any crop.
    private static readonly PictureView[] CropsOfPhotos =
    [
        .. Crops,
        .. Parts([(0.82, 0.82, 5, 5), (0.74, 0.74, 6, 6), (0.68, 0.68, 7, 7)]).Skip(1),
    ];

    private readonly List<PictureHash> _hashes = [];
    private readonly List<(int Film, int Frame, PictureView View)> _entries = [];
    private readonly Lazy<HashIndex> _index;

    /// <summary>Prepares a search among no films yet.</summary>
    public PictureCandidates() => _index = new Lazy<HashIndex>(() => new HashIndex(_hashes));

    /// <summary>Adds a film to those that are searched; not after the first search.</summary>
    public void Add(int film, Thumbnails frames)
    {
        var content = PictureBorders.Content(frames);
        foreach (var frame in Every(frames, Kept))
        {
            foreach (var view in Shown(frames, content, frame))
            {
                if (PictureHash.Of(frames[frame], view) is { } hash)
                {
                    _hashes.Add(hash);
                    _entries.Add((film, frame, view));
                }
            }
        }
    }

    /// <summary>What other films may show of one: for each of them the likeliest frames and views, the first film being the one that was
    /// asked with.</summary>
    public Dictionary<int, List<PictureHit>> Find(int film, Thumbnails frames)
    {
        var found = new Dictionary<(int Film, int Frame, PictureTurn Turn, int Sign), PictureHit>();
        var content = PictureBorders.Content(frames);
        var crops = frames.Count == 1 ? CropsOfPhotos : Crops;
        foreach (var frame in Every(frames, Asked))
        {
            foreach (var view in Shown(frames, content, frame).SelectMany(shown => crops.Select(crop => crop.Inside(shown))))
            {
                if (PictureHash.Of(frames[frame], view) is not { } hash)
                {
                    continue;
                }

                foreach (var turn in Turns)
                {
                    foreach (var sign in (int[])[1, -1])
                    {
                        _index.Value.Search(
                            hash.Turned(turn, sign),
                            Least,
                            (entry, cosine) => Take(entry, cosine, frame, view with { Turn = turn }, sign)
                        );
                    }
                }
            }
        }

        return found
            .GroupBy(hit => hit.Key.Film, hit => hit.Value)
            .ToDictionary(
                other => other.Key,
                other =>
                    other
                        .GroupBy(hit => (hit.ViewA.Turn, hit.Sign))
                        .SelectMany(same => same.OrderByDescending(hit => hit.Alike).Take(2))
                        .OrderByDescending(hit => hit.Alike)
                        .Take(Followed)
                        .ToList()
            );

        void Take(int entry, float cosine, int frame, PictureView view, int sign)
        {
            var (other, there, shown) = _entries[entry];
            var key = (other, frame, view.Turn, sign);
            if (other != film && !(found.TryGetValue(key, out var best) && best.Alike >= cosine))
            {
                found[key] = new PictureHit(frame, view, there, shown, sign, cosine);
            }
        }
    }

    /// <summary>What of a picture is looked at. Of a film that has bars only what is between them, for beside bars a scene that grows
    /// lighter is like any other; where a part of it has bars of its own, as a clip in a compilation, between these too. A photo's plain
    /// ground may be its own.</summary>
    private static PictureView[] Shown(Thumbnails film, PictureView content, int frame)
    {
        if (film.Count == 1)
        {
            return content == PictureView.Whole ? [content] : [PictureView.Whole, content];
        }

        var here = PictureBorders.Content(film, Math.Max(0, frame - Around), Math.Min(film.Count, frame + Around + 1));
        return here == content ? [content] : [content, here];
    }

    private static IEnumerable<int> Every(Thumbnails frames, double seconds)
    {
        var next = double.MinValue;
        for (var frame = 0; frame < frames.Count; frame++)
        {
            if (frames.Times[frame] >= next - 1e-6)
            {
                next = frames.Times[frame] + seconds;
                yield return frame;
            }
        }
    }

    /// <summary>The whole and its parts, so dense that one is within a twentieth or so of any crop of up to three tenths.</summary>
    private static IEnumerable<PictureView> Parts(IEnumerable<(double Width, double Height, int Across, int Down)> sizes)
    {
        yield return PictureView.Whole;
        foreach (var (width, height, across, down) in sizes)
        {
            for (var i = 0; i < across * down; i++)
            {
                yield return PictureView.Part(
                    across == 1 ? 0.5 : i % across / (across - 1.0),
                    down == 1 ? 0.5 : i / across / (down - 1.0),
                    width,
                    height
                );
            }
        }
    }
}
