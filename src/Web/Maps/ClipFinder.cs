using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Index;
using OrleansAtlas.Search.Similar;

namespace OrleansAtlas.Web.Maps;

/// <summary>The search of <c>atlas similar</c> over a map: which stretches of films are copies of a clip, or most like it. Vectors of a
/// usual map are held; those of a large one are read through for the films that have most of the frames nearest to the clip's, and only
/// these are compared.</summary>
internal sealed class ClipFinder(WebMapOptions options) : IDisposable
{
    private const int NearestAsked = 200;
    private const int FilmsCompared = 64;

    // Somebody waits: of longer films what atlas copies kept is compared, or else their stored frames.
    private const double LongestDecoded = 60;

    private readonly Recent<string, SimilarSearch> _whole = new(1);
    private readonly Recent<string, double> _unlike = new(4);

    // A search keeps all processors busy; others wait in order.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>A film of the map, or the part of it between two times, as a clip.</summary>
    public static async Task<Clip> ReadAsync(OpenMap open, int film, double? from, double? to, CancellationToken cancellationToken)
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        var whole = Read(open, rows, film);
        return from is null && to is null ? whole : whole.Between(from ?? whole.Start, to ?? whole.End);
    }

    /// <summary>The stretches most like a clip, at most one a film: copies first, then the best.</summary>
    public async Task<IReadOnlyList<ClipMatch>> FindAsync(OpenMap open, ClipQuery query, int count, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
            var key = $"{open.Map.Collection.Settings.Name}/{open.Map.Info.Version}";
            var search =
                (long)open.Map.Count * rows.Width * sizeof(float) <= options.VectorBytes
                    ? await _whole
                        .GetAsync(key, async () => new SimilarSearch((await ClipLibrary.ReadAsync(open.Map, CancellationToken.None)).Clips))
                        .WaitAsync(cancellationToken)
                    : new SimilarSearch(
                        [.. (await WorthwhileAsync(open, rows, query.Clip, cancellationToken)).Select(film => Read(open, rows, film))],
                        await _unlike.GetAsync(key, () => UnlikeAsync(open)).WaitAsync(cancellationToken)
                    );
            var copies = new ClipSearch(open.Map, search, options.Images, ClipSearch.Sources(options.Work, LongestDecoded));
            return await Task.Run(() => copies.FindAsync(query, count, cancellationToken), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The films that have most of the frames nearest to the clip's.</summary>
    private static async Task<IReadOnlyList<int>> WorthwhileAsync(
        OpenMap open,
        ReducedRows rows,
        Clip query,
        CancellationToken cancellationToken
    )
    {
        var (map, width) = (open.Map, rows.Width);
        var asked = query.Spread(ClipMeasure.MostFrames).Select(frame => query.Row(frame).ToArray()).ToArray();
        var own = query.Film < 0 ? (First: -1, End: -1) : (First: query.First, End: query.First + query.Count);
        var nearest = new TopK[ReducedRows.Parts][];
        await rows.ScanAsync(
            (part, first, piece) =>
            {
                var found = nearest[part] ??= [.. asked.Select(_ => new TopK(NearestAsked))];
                for (var row = first; row < first + (piece.Length / width); row++)
                {
                    var vector = piece.Slice((row - first) * width, width);
                    var scale = TensorPrimitives.Norm(vector) is > 0 and var norm ? -1 / norm : 0;
                    for (var i = 0; i < asked.Length; i++)
                    {
                        // Of vectors of unit length the nearest is the one with the largest product.
                        var value = TensorPrimitives.Dot(vector, asked[i]) * scale;
                        if (value < found[i].Limit && (row < own.First || row >= own.End) && map.Films[map[row].FilmIndex] is not null)
                        {
                            found[i].Offer(row, value);
                        }
                    }
                }
            },
            cancellationToken
        );
        var films = new Dictionary<int, int>();
        for (var i = 0; i < asked.Length; i++)
        {
            foreach (
                var (row, _) in nearest
                    .Where(part => part is not null)
                    .SelectMany(part => part[i].Least())
                    .OrderBy(row => row.Value)
                    .ThenBy(row => row.Row)
                    .Take(NearestAsked)
            )
            {
                CollectionsMarshal.GetValueRefOrAddDefault(films, map[row].FilmIndex, out _)++;
            }
        }

        return [.. films.OrderByDescending(film => film.Value).ThenBy(film => film.Key).Take(FilmsCompared).Select(film => film.Key)];
    }

    private static async Task<double> UnlikeAsync(OpenMap open)
    {
        await using var rows = await ReducedRows.OpenAsync(open, CancellationToken.None);
        var films = Enumerable
            .Range(0, open.Map.Films.Count)
            .Where(film => open.Map.Films[film] is not null && !open.FramesOf(film).Start.Equals(open.FramesOf(film).End))
            .ToArray();
        var starts = films.Select(film => open.FramesOf(film).Start.Value).ToArray();
        var counts = films.Select(film => open.FramesOf(film).End.Value - open.FramesOf(film).Start.Value).ToArray();
        return SimilarSearch.Typical(counts, (film, frame) => Clip.Unit(rows.Read(starts[film] + frame, 1), rows.Width));
    }

    private static Clip Read(OpenMap open, ReducedRows rows, int film)
    {
        var (map, first, end) = (open.Map, open.FramesOf(film).Start.Value, open.FramesOf(film).End.Value);
        return new Clip(
            map.NameOf(film),
            film,
            map.Times[first..end],
            Clip.Unit(rows.Read(first, end - first), rows.Width),
            map.Positions[(2 * first)..(2 * end)],
            first
        );
    }
}
