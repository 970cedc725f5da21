using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Copies;

// Why: docs/decisions/finding-copies.md
/// <summary>Finds films that show the same, or a part of the same, by what moves in their stored frames.</summary>
/// <param name="library">The films.</param>
/// <param name="codec">Decodes stored frames.</param>
public sealed class CopyFinder(ClipLibrary library, IImageCodec codec)
{
    /// <summary>Movements less alike than this are not taken for copies.</summary>
    public const double UsualLeast = CopyComparison.Least;

    // Two short gestures can be much alike; over so many samples chance has less room.
    private const int LongRun = 20;
    private const double LongRunAllows = 0.15;

    /// <summary>The score that a run needs: less where it is long.</summary>
    /// <param name="least">What a short one needs.</param>
    /// <param name="samples">Samples of the run.</param>
    public static double Needed(double least, int samples) => samples >= LongRun ? least - LongRunAllows : least;

    /// <summary>How far apart descriptors of two films are, for the bench: pairs beyond a limit are not looked at.</summary>
    public static double CandidateDistance(Clip a, Clip b) => CopyCandidates.Distance(a, b);

    // Long films are compared in pieces, which bounds the tables of a comparison to some megabytes.
    private const int MostSteps = 400;

    /// <summary>All pairs of films that share something, the surest first.</summary>
    /// <param name="least">Least score.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<CopyMatch>> FindAsync(double least, CancellationToken cancellationToken)
    {
        var clips = library.Clips.Where(clip => clip.Count >= MovementAlignment.LeastSteps).ToList();
        var frames = new Thumbnails[clips.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var reader = new ThumbnailReader(library.Map, codec);
        await Parallel
            .ForAsync(
                0,
                clips.Count,
                options,
                async (i, token) => frames[i] = await reader.ReadAsync(clips[i], token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);

        var pieces = clips.SelectMany((clip, i) => Pieces(clip, frames[i])).ToList();
        var pairs = CopyCandidates.Find(pieces, cancellationToken);
        var runs = new CopyRun?[pairs.Count];
        Parallel.For(0, pairs.Count, options, i => runs[i] = CopyComparison.Best(pairs[i].A, pairs[i].B));
        var found = Enumerable
            .Range(0, pairs.Count)
            .Where(i => runs[i] is { } run && run.Run.Correlation >= Needed(least, run.Run.Count))
            .GroupBy(i => (A: pairs[i].A.Clip.Film, B: pairs[i].B.Clip.Film))
            .Select(pair =>
                Match(
                    clips.Find(clip => clip.Film == pair.Key.A)!,
                    clips.Find(clip => clip.Film == pair.Key.B)!,
                    [.. pair.Select(i => runs[i]!)]
                )
            );
        return
        [
            .. Identical(library.Map),
            .. found
                .OrderByDescending(match => match.Score)
                .ThenBy(match => match.A, StringComparer.Ordinal)
                .ThenBy(match => match.B, StringComparer.Ordinal),
        ];
    }

    /// <summary>Pieces that overlap by a half.</summary>
    private static IEnumerable<CopyPiece> Pieces(Clip clip, Thumbnails frames)
    {
        for (var first = 0; first == 0 || first + (MostSteps / 2) < clip.Count; first += MostSteps / 2)
        {
            var count = Math.Min(MostSteps, clip.Count - first);
            yield return new CopyPiece(
                clip.Slice(first, count),
                new Thumbnails(
                    frames.Times[first..(first + count)],
                    frames.Grey[(first * Thumbnails.Size)..((first + count) * Thumbnails.Size)]
                )
            );
        }
    }

    /// <summary>The runs of one pair of films put together: those that go on where another ends, at the same offset.</summary>
    private static CopyMatch Match(Clip a, Clip b, List<CopyRun> runs)
    {
        var best = runs.MaxBy(run => run.Run.Evidence)!;
        var joined = runs.Where(run => Math.Abs(run.FromA - run.FromB - (best.FromA - best.FromB)) <= best.Step).ToList();
        var (from, to) = (joined.Min(run => run.FromA), joined.Max(run => run.FromA + run.Seconds));
        var fromB = from - best.FromA + best.FromB;
        return new CopyMatch(
            a.Name,
            b.Name,
            KindOf(a, b, best, from, fromB, to - from),
            Round(from),
            Round(fromB),
            Round(to - from),
            Math.Round(best.Run.Correlation, 4),
            best.Run.Count
        );
    }

    private static CopyKind KindOf(Clip a, Clip b, CopyRun run, double fromA, double fromB, double seconds)
    {
        // Within two steps of an end counts as the end.
        var near = 2 * run.Step;
        var (startsA, startsB) = (fromA - a.Start <= near, fromB - b.Start <= near);
        var (endsA, endsB) = (a.End - (fromA + seconds) <= near, b.End - (fromB + seconds) <= near);
        return run.ViewB.Mirrored ? CopyKind.Mirrored
            : run.IsCropped ? CopyKind.Cropped
            : startsA && startsB && endsA && endsB ? CopyKind.Same
            : endsA && endsB && (startsA || startsB) ? CopyKind.Intro
            : CopyKind.Part;
    }

    private static IEnumerable<CopyMatch> Identical(AtlasMap map) =>
        map
            .Films.OfType<Store.VideoRecord>()
            .SelectMany(film =>
                film.Sources.Skip(1)
                    .Select(source => new CopyMatch(
                        film.Name,
                        source.Name,
                        CopyKind.Identical,
                        film.Info?.Start ?? 0,
                        film.Info?.Start ?? 0,
                        film.Info?.Duration ?? 0,
                        1,
                        0
                    ))
            );

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
