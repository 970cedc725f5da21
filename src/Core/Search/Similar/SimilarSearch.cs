using System.Globalization;
using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Index;

namespace OrleansAtlas.Search.Similar;

/// <summary>Finds the stretches of a library that are most like a clip.</summary>
public sealed class SimilarSearch
{
    // A film this much longer than the clip is searched for its best stretch, a shorter one is compared whole.
    private const double Longer = 1.5;
    private const int StretchesTried = 3;

    // Why: docs/decisions/comparing-clips.md
    private const int AskedToo = 3;
    private const int Pairs = 4096;
    private const int LargeLibrary = 100_000;
    private const int NeighboursAsked = 200;

    private readonly Lazy<VectorIndex> _index;
    private readonly Lazy<int[]> _filmOf;

    /// <summary>Prepares a search of a whole library.</summary>
    /// <param name="clips">The films; at least one frame in all.</param>
    public SimilarSearch(IReadOnlyList<Clip> clips)
        : this(clips, Typical([.. clips.Select(clip => clip.Count)], (film, frame) => clips[film].Row(frame).ToArray())) { }

    /// <summary>Prepares a search among some films of a library.</summary>
    /// <param name="clips">The films; at least one frame in all.</param>
    /// <param name="unlike">The zero of scores, <see cref="Typical"/> of the whole library.</param>
    public SimilarSearch(IReadOnlyList<Clip> clips, double unlike)
    {
        ArgumentNullException.ThrowIfNull(clips);
        (Clips, Unlike) = (clips, unlike);
        _index = new Lazy<VectorIndex>(Index);
        _filmOf = new Lazy<int[]>(() => [.. clips.SelectMany((clip, film) => Enumerable.Repeat(film, clip.Count))]);
    }

    /// <summary>The films that are searched.</summary>
    public IReadOnlyList<Clip> Clips { get; }

    /// <summary>The median distance of two frames drawn from two films: the zero of scores.</summary>
    public double Unlike { get; }

    /// <summary>The most similar stretches, at most one a film, the best first.</summary>
    /// <param name="query">The clip; where it is a part of a film of the library, its own frames are left out.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IReadOnlyList<ClipMatch> Find(Clip query, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var searched = Worthwhile(query, count, cancellationToken).SelectMany(clip => Apart(clip, query)).ToList();
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        var stretches = new Stretch[searched.Count];
        Parallel.For(0, searched.Count, options, i => stretches[i] = Best(query, searched[i]));
        var best = stretches
            .OrderByDescending(stretch => stretch.Score)
            .ThenBy(stretch => stretch.Clip.First)
            .DistinctBy(stretch => stretch.Clip.Film)
            .ToArray();
        var asked = best.Take(AskedToo).Where(stretch => stretch.Score > 0).ToArray();
        var scores = new double[best.Length];
        Parallel.For(0, best.Length, options, i => scores[i] = Expanded(best[i], asked));
        return
        [
            .. best.Zip(scores)
                .OrderByDescending(match => match.Second)
                .ThenBy(match => match.First.Clip.First)
                .Take(count)
                .Select(match => Told(query, match.First.Clip, match.First.Distance, Shown(match.Second))),
        ];
    }

    /// <summary>Averages what a clip and the clips most like it say of another: clips of one kind are seldom all like the one that is asked
    /// with, but like one another (average query expansion; Chum et al. 2007, Total recall).</summary>
    /// <returns>1 for the same, 0 for nothing in common, below for less than nothing.</returns>
    private double Expanded(Stretch stretch, IReadOnlyList<Stretch> asked)
    {
        var (sum, weight) = (stretch.Score, 1.0);
        foreach (var other in asked)
        {
            sum += other.Score * (other == stretch ? 1 : Share(ClipMeasure.Between(other.Clip, stretch.Clip).Both));
            weight += other.Score;
        }

        return sum / weight;
    }

    /// <summary>The median distance of two frames drawn from two films, by a few thousand pairs.</summary>
    /// <param name="frames">Frames of each film.</param>
    /// <param name="row">The reduced vector, of unit length, of a frame of a film.</param>
    public static double Typical(IReadOnlyList<int> frames, Func<int, int, float[]> row)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(row);
        var random = new Xoshiro256(1);
        var distances = new List<float>(Pairs);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (a, b) = (random.Next(frames.Count), random.Next(frames.Count));
            if (a != b || frames.Count == 1)
            {
                distances.Add(MathF.Sqrt(Distance.Squared(row(a, random.Next(frames[a])), row(b, random.Next(frames[b])))));
            }
        }

        distances.Sort();
        return distances.Count > 0 && distances[distances.Count / 2] > 0 ? distances[distances.Count / 2] : 1;
    }

    /// <summary>How alike two clips are as a whole.</summary>
    public ClipMatch Compare(Clip query, Clip clip)
    {
        var distance = ClipMeasure.Between(query, clip);
        return Told(query, clip, distance, Shown(Share(distance.Both)));
    }

    private ClipMatch Told(Clip query, Clip clip, ClipDistance distance, double score)
    {
        var cost = CostMatrix.Of(query, clip);
        var nearest = Array.IndexOf(cost.Values, cost.Values.Min());
        var (here, there) = (query.Times[nearest / cost.Columns], clip.Times[nearest % cost.Columns]);
        var (looks, order) = (Shown(Share(distance.Looks)), Shown(Share(distance.Order)));
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"{Looks(looks)}{InOrder(query, clip, distance)}; nearest at {here:0.0} s, as {there:0.0} s there"
        );
        return new ClipMatch(clip, score, looks, order, why);
    }

    private double Share(double distance) => 1 - (distance / Unlike);

    private static double Shown(double share) => Math.Round(Math.Max(0, share), 4);

    private static string Looks(double looks) =>
        looks switch
        {
            >= 0.8 => "nearly the same pictures",
            >= 0.5 => "very alike",
            >= 0.25 => "alike",
            _ => "little in common",
        };

    /// <summary>Played backwards, a clip with an order of its own fits worse.</summary>
    private static string InOrder(Clip query, Clip clip, ClipDistance distance)
    {
        var (a, b) = (ClipMeasure.Thin(query), ClipMeasure.Thin(clip));
        var backwards = new float[a.Length];
        for (var from = 0; from < a.Length; from += query.Width)
        {
            a.AsSpan(from, query.Width).CopyTo(backwards.AsSpan(a.Length - from - query.Width));
        }

        var reversed = SequenceDistances.DynamicTimeWarping(CostMatrix.Of(backwards, b, query.Width));
        return reversed > 1.05 * distance.Order ? ", in the same order"
            : reversed < distance.Order / 1.05 ? ", in the opposite order"
            : "";
    }

    /// <summary>All films of a usual library; of a very large one those that have most of the nearest frames.</summary>
    private IEnumerable<Clip> Worthwhile(Clip query, int count, CancellationToken cancellationToken)
    {
        if (Clips.Sum(clip => (long)clip.Count) <= LargeLibrary)
        {
            return Clips;
        }

        var index = _index.Value;
        var films = new Dictionary<int, int>();
        foreach (var frame in query.Spread(ClipMeasure.MostFrames))
        {
            foreach (var neighbour in index.Search(query.Row(frame), NeighboursAsked, cancellationToken))
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(films, _filmOf.Value[neighbour.Row], out _)++;
            }
        }

        return films
            .OrderByDescending(film => film.Value)
            .ThenBy(film => film.Key)
            .Take(Math.Max(64, 8 * count))
            .Select(film => Clips[film.Key]);
    }

    private VectorIndex Index()
    {
        // Of unit length: no number is above 1.
        var index = new VectorIndex(Clips.Sum(clip => clip.Count), Clips[0].Width, 1);
        foreach (var clip in Clips)
        {
            index.Add(clip.Rows);
        }

        return index;
    }

    private Stretch Best(Clip query, Clip film)
    {
        if (query.Count > 1 && film.Count <= Longer * query.Count)
        {
            return Compared(film);
        }

        var spread = query.Spread(ClipMeasure.MostFrames);
        var thin = query with { Times = [.. spread.Select(i => query.Times[i])], Rows = ClipMeasure.Thin(query) };
        var cost = CostMatrix.Of(thin.Rows, film.Rows, film.Width);
        return WindowSearch
            .Best(cost, Math.Min(film.Count, Math.Max(query.Count, 2)), StretchesTried)
            .Select(stretch => Compared(film.Slice(stretch.First, stretch.Count)))
            .MaxBy(stretch => stretch.Score)!;

        Stretch Compared(Clip clip)
        {
            var distance = ClipMeasure.Between(query, clip);
            return new Stretch(clip, distance, Share(distance.Both));
        }
    }

    /// <summary>A film without the frames of the query.</summary>
    private static IEnumerable<Clip> Apart(Clip film, Clip query)
    {
        if (film.Film != query.Film)
        {
            return [film];
        }

        var (from, to) = (query.First - film.First, query.First - film.First + query.Count);
        return ((Clip[])[film.Slice(0, from), film.Slice(to, film.Count - to)]).Where(part => part.Count >= Math.Max(2, query.Count / 2));
    }

    /// <param name="Clip">The stretch.</param>
    /// <param name="Distance">How far it is from the query.</param>
    /// <param name="Score">The same as a share: 1 for no distance, 0 for <see cref="Unlike"/>.</param>
    private sealed record Stretch(Clip Clip, ClipDistance Distance, double Score);
}
