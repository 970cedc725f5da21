using System.Globalization;
using System.Numerics.Tensors;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Search;

/// <summary>Which measure of two clips ranks the clips of a query's own group first: mean average precision over clips that are known to
/// belong together, each ranked against all others of the collection.</summary>
internal static class MeasuresBench
{
    // Folders whose films belong together.
    private static readonly string[] Folders = ["asl_gestures/", "mdn-learning-area/", "planetblupi-common/", "python3-mecavideo/"];
    private const int LeastPieces = 3;

    public static async Task<int> RunAsync(string store, string name)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default);
        var library = await ClipLibrary.ReadAsync(map, default);
        var features = await FeaturesAsync(map);
        var sets = new (string Name, List<(Clip Clip, string? Group)> Clips)[]
        {
            ("films of a folder", Films(library)),
            ("pieces of a film, 3 frames", Pieces(library, 3)),
            ("pieces of a film, 2 frames", Pieces(library, 2)),
            ("4 photos of a class", Photos(library, 4)),
        };
        Console.WriteLine(
            $"| measure | {string.Join(" | ", sets.Select(set => $"{set.Name} ({set.Clips.Count(clip => clip.Group is not null)})"))} |"
        );
        Console.WriteLine($"|---|{string.Concat(sets.Select(_ => "---|"))}");
        var measures = Measures(features).ToList();
        foreach (var (measure, of) in measures)
        {
            Console.WriteLine($"| {measure} | {string.Join(" | ", sets.Select(set => Text(Precision(set.Clips, of))))} |");
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<Clip, Clip, double> Of)> Measures(float[][] features)
    {
        var width = features[0].Length;
        var transport = Kept((a, b) => SequenceDistances.Transport(Cost(a, b)));
        var warping = Kept((a, b) => SequenceDistances.DynamicTimeWarping(Cost(a, b)));
        yield return ("transport + warping", (a, b) => transport(a, b) + warping(a, b));
        yield return ("cosine of mean descriptors", Kept((a, b) => Apart(MeanOf(Rows(a), width), MeanOf(Rows(b), width))));
        yield return ("cosine of mean reduced vectors", Kept((a, b) => Apart(MeanOf(a.Rows, a.Width), MeanOf(b.Rows, b.Width))));
        yield return ("chamfer", Kept((a, b) => SequenceDistances.Chamfer(Cost(a, b))));
        yield return ("**as `atlas similar` does it**", Kept((a, b) => ClipMeasure.Between(a, b).Both));

        float[] Rows(Clip clip) =>
            [
                .. (clip.First < 0 ? Together[-clip.First - 1] : Enumerable.Range(clip.First, clip.Count)).SelectMany(frame =>
                    features[frame]
                ),
            ];
    }

    private static CostMatrix Cost(Clip a, Clip b) => CostMatrix.Of(ClipMeasure.Thin(a), ClipMeasure.Thin(b), a.Width);

    private static Func<Clip, Clip, double> Kept(Func<Clip, Clip, double> of)
    {
        var known = new Dictionary<(int, int, int, int), double>();
        return (a, b) =>
        {
            var key = (a.First, a.Count, b.First, b.Count);
            return known.TryGetValue(key, out var value) ? value : known[key] = of(a, b);
        };
    }

    private static double Apart(float[] a, float[] b) => 1 - TensorPrimitives.CosineSimilarity<float>(a, b);

    private static float[] MeanOf(float[] rows, int width)
    {
        var mean = new float[width];
        for (var at = 0; at < rows.Length; at += width)
        {
            TensorPrimitives.Add(mean, rows.AsSpan(at, width), mean);
        }

        return mean;
    }

    private static List<(Clip, string?)> Films(ClipLibrary library) =>
        [
            .. library
                .Clips.Where(clip => clip.Count > 1 && clip.Name.Contains('/', StringComparison.Ordinal))
                .Select(clip => (clip, Folders.FirstOrDefault(folder => clip.Name.Contains(folder, StringComparison.Ordinal)))),
        ];

    /// <summary>Every second piece of films that have several; the others of the collection whole.</summary>
    private static List<(Clip, string?)> Pieces(ClipLibrary library, int frames) =>
        [
            .. library
                .Clips.Where(clip => clip.Count > 1 && clip.Name.Contains('/', StringComparison.Ordinal))
                .SelectMany(clip =>
                    clip.Count >= frames * LeastPieces * 2
                        ? Enumerable
                            .Range(0, clip.Count / (2 * frames))
                            .Select(piece => (clip.Slice(piece * 2 * frames, frames), (string?)clip.Name))
                        : [(clip, null)]
                ),
        ];

    /// <summary>Some photos of a class as a clip.</summary>
    private static List<(Clip, string?)> Photos(ClipLibrary library, int together) =>
        [
            .. library
                .Clips.Where(clip => clip.Count == 1 && clip.Name.Contains('/', StringComparison.Ordinal))
                .GroupBy(clip => clip.Name[..clip.Name.LastIndexOf('/')])
                .SelectMany(group =>
                    group
                        .OrderBy(clip => clip.First)
                        .Chunk(together)
                        .Where(photos => photos.Length == together)
                        .Select(photos =>
                            (
                                photos[0] with
                                {
                                    Times = [.. Enumerable.Range(0, together).Select(time => (double)time)],
                                    Rows = [.. photos.SelectMany(photo => photo.Rows)],
                                    Positions = [.. photos.SelectMany(photo => photo.Positions)],
                                    First = Joined(photos),
                                },
                                (string?)group.Key
                            )
                        )
                ),
        ];

    // Clips put together of photos have a number below 0, by which their frames are found.
    private static readonly List<int[]> Together = [];

    private static int Joined(Clip[] photos)
    {
        Together.Add([.. photos.Select(photo => photo.First)]);
        return -Together.Count;
    }

    private static double? Precision(List<(Clip Clip, string? Group)> clips, Func<Clip, Clip, double> of)
    {
        var queries = clips.Where(clip => clip.Group is not null).ToList();
        return queries.Count == 0
            ? null
            : queries.GroupBy(query => query.Group).Select(group => group.Average(query => AveragePrecision(clips, query, of))).Average();
    }

    private static double AveragePrecision(
        List<(Clip Clip, string? Group)> clips,
        (Clip Clip, string? Group) query,
        Func<Clip, Clip, double> of
    )
    {
        var found = 0;
        return clips
                .Where(other => other.Clip != query.Clip)
                .OrderBy(other => of(query.Clip, other.Clip))
                .Select((other, rank) => other.Group == query.Group ? ++found / (rank + 1.0) : 0)
                .Sum() / found;
    }

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static async Task<float[][]> FeaturesAsync(AtlasMap map)
    {
        var features = new float[map.Count][];
        for (var first = 0; first < map.Count; )
        {
            var frame = map[first];
            var name = map.Collection.Names.Features(map.FilmIds[frame.FilmIndex], frame.SegmentNumber);
            var rows = (await map.Collection.ReadArrayAsync<Half>(name, default))!;
            for (; first < map.Count && map[first].FilmIndex == frame.FilmIndex && map[first].SegmentNumber == frame.SegmentNumber; first++)
            {
                var width = rows.Shape[1];
                features[first] = [.. rows.Values.Skip(map[first].IndexInSegment * width).Take(width).Select(value => (float)value)];
            }
        }

        return features;
    }
}
