using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Makes a run that was found coarsely exact: the views, the moments and the tempo at which the two films are most alike, and how
/// far the run goes.</summary>
internal sealed class RunRefinement(Thumbnails a, Thumbnails b, double step)
{
    private const int Fine = 20;
    private const int MostSamples = 48;
    private const int Rounds = 3;

    // Faster and slower than this no copy is looked for: a tenth either way, and a little.
    private const double LeastTempo = 0.9;
    private const double MostTempo = 1.11;

    // Shares of a step, and of the run, by which the second film is moved at its ends.
    private static readonly double[] Moves = [-1, -0.5, -0.25, -0.125, 0.125, 0.25, 0.5, 1];

    // Looks at frames that were made for the view looked through last.
    private readonly Dictionary<int, float[]> _looksA = [];
    private readonly Dictionary<int, float[]> _looksB = [];
    private (PictureView A, PictureView B) _views;

    /// <summary>The run as it is.</summary>
    /// <param name="run">As it was found.</param>
    /// <param name="keepsTempo">Whether its tempo stays as it is.</param>
    public CopyRun Refine(CopyRun run, bool keepsTempo = false)
    {
        for (var round = 0; round < Rounds; round++)
        {
            run = Timed(Placed(run), keepsTempo);
            var whole = Followed(run);
            if (whole is null)
            {
                return run;
            }

            var grew = whole.Seconds > run.Seconds + step;
            run = whole;
            if (!grew && round > 0)
            {
                break;
            }
        }

        return run;
    }

    /// <summary>Correlation of what moves, over a few dozen moments of the run but its first and last: a run ends where a film is cut,
    /// and there a mixture of two pictures shows both sides.</summary>
    public double Likeness(CopyRun run)
    {
        var count = Math.Max(4, (int)Math.Round(run.Seconds / step)) - 2;
        var taken = Math.Min(count, MostSamples);
        var times = Enumerable.Range(0, taken).Select(i => run.FromA + ((1 + (i * (count - 1.0) / (taken - 1))) * step)).ToArray();
        var (looksA, looksB) = Looks(run, times);
        return Covariance(looksA, looksB, taken);
    }

    /// <summary>Which views fit best, by the pictures of moments of the run, now that it is known what is shown when.</summary>
    private CopyRun Placed(CopyRun run)
    {
        var (best, alike) = (run, Likeness(run));
        foreach (var share in (double[])[0.5, 0.2, 0.8])
        {
            var time = run.FromA + (share * run.Seconds);
            var (frameA, frameB) = (a.Nearest(time), b.Nearest(run.FromB + (share * run.Seconds * run.Tempo)));
            var (viewA, viewB, correlation) = PictureRegistration.Lay(a[frameA], run.ViewA, b[frameB], run.ViewB);
            var tried = run with { ViewA = viewA, ViewB = viewB };
            if (correlation * run.Sign > 0 && Likeness(tried) is var now && now > alike)
            {
                (best, alike) = (tried, now);
            }
        }

        return best;
    }

    /// <summary>Moves both ends of the run in the second film to and fro until nothing is gained.</summary>
    private CopyRun Timed(CopyRun run, bool keepsTempo)
    {
        var (best, alike) = (run, Likeness(run));
        for (var (round, gained) = (0, true); gained && round < 6; round++)
        {
            gained = false;
            foreach (var move in Moves)
            {
                (double, double)[] both = [(move, move)];
                foreach (var (start, end) in keepsTempo ? both : [.. both, (move, 0), (0, move), (move, -move)])
                {
                    var moved = best with
                    {
                        FromB = best.FromB + (start * step),
                        Tempo = best.Tempo + ((end - start) * step / Math.Max(step, best.Seconds)),
                    };
                    if (moved.Tempo is >= LeastTempo and <= MostTempo && Likeness(moved) is var now && now > alike + 1e-4)
                    {
                        (best, alike, gained) = (moved, now, true);
                    }
                }
            }
        }

        return best with
        {
            Correlation = alike,
        };
    }

    /// <summary>The whole run along the line of a known offset and tempo.</summary>
    private CopyRun? Followed(CopyRun run)
    {
        var start = Math.Max(a.Times[0], run.FromA - ((run.FromB - b.Times[0]) / run.Tempo));
        var end = Math.Min(a.Times[^1], run.FromA + ((b.Times[^1] - run.FromB) / run.Tempo));
        var count = (int)Math.Floor(((end - start) / step) + 1e-6) + 1;
        if (count < MovementAlignment.LeastSteps)
        {
            return null;
        }

        var times = Enumerable.Range(0, count).Select(i => start + (i * step)).ToArray();
        var (looksA, looksB) = Looks(run, times);
        return MovementRun.Best(looksA, looksB, Fine * Fine, step) is { } found
            ? run with
            {
                FromA = times[found.FirstA],
                FromB = run.FromB + ((times[found.FirstA] - run.FromA) * run.Tempo),
                Seconds = found.Count * step,
                Samples = found.Count,
                Correlation = found.Correlation,
                Evidence = found.Evidence,
            }
            : null;
    }

    private static double Covariance(float[] looksA, float[] looksB, int count)
    {
        const int Width = Fine * Fine;
        Span<float> meanA = stackalloc float[Width];
        Span<float> meanB = stackalloc float[Width];
        meanA.Clear();
        meanB.Clear();
        for (var i = 0; i < count; i++)
        {
            TensorPrimitives.Add(meanA, looksA.AsSpan(i * Width, Width), meanA);
            TensorPrimitives.Add(meanB, looksB.AsSpan(i * Width, Width), meanB);
        }

        var across = TensorPrimitives.Dot<float>(looksA, looksB) - (TensorPrimitives.Dot<float>(meanA, meanB) / count);
        var withinA = TensorPrimitives.Dot<float>(looksA, looksA) - (TensorPrimitives.Dot<float>(meanA, meanA) / count);
        var withinB = TensorPrimitives.Dot<float>(looksB, looksB) - (TensorPrimitives.Dot<float>(meanB, meanB) / count);
        return withinA > 0 && withinB > 0 ? across / Math.Sqrt((double)withinA * withinB) : 0;
    }

    private (float[] A, float[] B) Looks(CopyRun run, double[] times)
    {
        if (_views.A != run.ViewA)
        {
            _looksA.Clear();
        }

        if (_views.B != run.ViewB)
        {
            _looksB.Clear();
        }

        _views = (run.ViewA, run.ViewB);
        var looksA = At(a, run.ViewA, times, _looksA);
        var looksB = At(b, run.ViewB, [.. times.Select(time => run.FromB + ((time - run.FromA) * run.Tempo))], _looksB);
        if (run.Sign < 0)
        {
            TensorPrimitives.Negate(looksB, looksB);
        }

        return (looksA, looksB);
    }

    /// <summary>Looks at these moments, mixed from the pictures before and after.</summary>
    private static float[] At(Thumbnails film, PictureView view, double[] times, Dictionary<int, float[]> known)
    {
        const int Width = Fine * Fine;
        var looks = new float[times.Length * Width];
        for (var i = 0; i < times.Length; i++)
        {
            var at = Array.BinarySearch(film.Times, times[i]);
            var after = Math.Clamp(at < 0 ? ~at : at, 0, film.Count - 1);
            var before = Math.Max(0, at < 0 ? after - 1 : after);
            var between = film.Times[after] - film.Times[before];
            var share = between > 0 ? (float)Math.Clamp((times[i] - film.Times[before]) / between, 0, 1) : 0;
            TensorPrimitives.Lerp(Look(before), Look(after), share, looks.AsSpan(i * Width, Width));
        }

        return looks;

        float[] Look(int frame) => known.TryGetValue(frame, out var look) ? look : known[frame] = film.Slice(frame, 1).Look(view, Fine);
    }
}
