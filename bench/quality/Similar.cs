using System.Globalization;
using System.Numerics.Tensors;
using OrleansAtlas.Search.Similar;

namespace OrleansAtlas.Bench;

/// <summary>How well clips that belong together find each other: each is asked with and all others are ranked, by the search of
/// <c>atlas similar</c> itself (without its look for copies) and by measures of two clips. Figures are mean average precision, the mean
/// over groups.</summary>
internal static class Similar
{
    public const string Heading =
        "| collection | what belongs together | clips | asked with | groups | cosine of mean descriptors | transport + warping "
        + "| two clips alone | `similar` |\n"
        + "|---|---|---|---|---|---|---|---|---|";

    public static IEnumerable<string> Lines(Export export)
    {
        var sets = new ClipSets(export);
        var unlike = new SimilarSearch(sets.Library).Unlike;
        return sets.All().Where(set => set.Asked.Count > 0).Select(set => Line(export, set, unlike));
    }

    private static string Line(Export export, ClipSet set, double unlike)
    {
        var search = new SimilarSearch([.. set.Clips.Select(clip => clip.Clip)], unlike);
        Func<GroupedClip, IEnumerable<GroupedClip>>[] ways =
        [
            By(set, (a, b) => -TensorPrimitives.CosineSimilarity<float>(a.Looks, b.Looks)),
            By(set, TransportAndWarping),
            By(set, (a, b) => ClipMeasure.Between(a.Clip, b.Clip).Both),
            asked => search.Find(asked.Clip, set.Clips.Count, default).Select(match => set.Clips[match.Clip.Film]),
        ];
        var figures = ways.Select(way => Precision(set, way).ToString(".000", CultureInfo.InvariantCulture));
        return $"| {export.Name} ({export.Frames}) | {set.Name} | {set.Clips.Count} | {set.Asked.Count} | "
            + $"{set.Asked.DistinctBy(clip => clip.Group).Count()} | {string.Join(" | ", figures)} |";
    }

    private static Func<GroupedClip, IEnumerable<GroupedClip>> By(ClipSet set, Func<GroupedClip, GroupedClip, double> distance) =>
        asked => set.Clips.Where(other => other != asked).OrderBy(other => distance(asked, other));

    /// <summary>What <c>atlas similar</c> once compared clips by.</summary>
    private static double TransportAndWarping(GroupedClip a, GroupedClip b)
    {
        var cost = CostMatrix.Of(ClipMeasure.Thin(a.Clip), ClipMeasure.Thin(b.Clip), a.Clip.Width);
        return SequenceDistances.Transport(cost) + SequenceDistances.DynamicTimeWarping(cost);
    }

    private static double Precision(ClipSet set, Func<GroupedClip, IEnumerable<GroupedClip>> ranked) =>
        set
            .Asked.AsParallel()
            .AsOrdered()
            .Select(asked => (asked.Group, Precision: AveragePrecision(asked, ranked(asked))))
            .GroupBy(asked => asked.Group)
            .Average(group => group.Average(asked => asked.Precision));

    private static double AveragePrecision(GroupedClip asked, IEnumerable<GroupedClip> ranked)
    {
        var found = 0;
        return ranked.Select((other, rank) => other.Group == asked.Group ? ++found / (rank + 1.0) : 0).Sum() / found;
    }
}
