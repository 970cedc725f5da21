using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Search;

/// <summary>Which measure of two clips ranks the clips of a query's own group first: mean average precision over groups of films
/// that are known to belong together, by the folder they are in.</summary>
internal static class MeasuresBench
{
    private static readonly string[] Groups = ["asl_gestures/", "mdn-learning-area/"];

    private static readonly (string Name, Func<Clip, Clip, double> Of)[] Measures =
    [
        .. Both("Hausdorff", SequenceDistances.Hausdorff),
        .. Both("chamfer", SequenceDistances.Chamfer),
        .. Both("dynamic time warping", SequenceDistances.DynamicTimeWarping),
        .. Both("optimal transport", cost => SequenceDistances.Transport(cost)),
        .. Both("transport + warping", cost => SequenceDistances.Transport(cost) + SequenceDistances.DynamicTimeWarping(cost)),
        .. Both("chamfer + warping", cost => SequenceDistances.Chamfer(cost) + SequenceDistances.DynamicTimeWarping(cost)),
        .. Both("chamfer + transport", cost => SequenceDistances.Chamfer(cost) + SequenceDistances.Transport(cost)),
    ];

    public static async Task<int> RunAsync(string store, string name)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default);
        var clips = (await ClipLibrary.ReadAsync(map, default)).Clips;
        Console.WriteLine($"| measure | {string.Join(" | ", Groups.Select(group => group.Trim('/')))} | both |\n|---|---|---|---|");
        foreach (var (measure, of) in Measures)
        {
            var precisions = Groups
                .Select(group =>
                    clips.Where(clip => IsOf(clip, group)).Select(query => AveragePrecision(clips, query, group, of)).Average()
                )
                .ToArray();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {measure} | {precisions[0]:0.000} | {precisions[1]:0.000} | {precisions.Average():0.000} |"
                )
            );
        }

        var search = new SimilarSearch(clips);
        var found = Groups
            .Select(group =>
                clips
                    .Where(clip => IsOf(clip, group))
                    .Select(query => AveragePrecision([.. search.Find(query, 1000, default).Select(match => match.Clip)], group))
                    .Average()
            )
            .ToArray();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| **as atlas similar does it** (transport + warping, the best stretch of each film) | {found[0]:0.000} | "
                    + $"{found[1]:0.000} | {found.Average():0.000} |"
            )
        );
        return 0;
    }

    private static IEnumerable<(string, Func<Clip, Clip, double>)> Both(string name, Func<CostMatrix, double> measure) =>
        [
            ($"{name}, map", (a, b) => measure(CostMatrix.OnMap(a, b))),
            ($"{name}, descriptors of unit length", (a, b) => measure(CostMatrix.Of(a, b))),
        ];

    private static double AveragePrecision(IReadOnlyList<Clip> clips, Clip query, string group, Func<Clip, Clip, double> of)
    {
        return AveragePrecision([.. clips.Where(clip => clip != query).OrderBy(clip => of(query, clip))], group);
    }

    private static double AveragePrecision(IReadOnlyList<Clip> ranked, string group)
    {
        var found = 0;
        return ranked.Select((clip, rank) => IsOf(clip, group) ? ++found / (rank + 1.0) : 0).Sum() / found;
    }

    private static bool IsOf(Clip clip, string group) => clip.Name.Contains(group, StringComparison.Ordinal);
}
