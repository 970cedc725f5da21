using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>Compares two films by what moves: over a run of steps, each film's mean picture is taken away and the rest is correlated, all
/// pixels and steps together. A still background, the same in all clips of one studio, is gone with the mean.</summary>
/// <remarks>With tables of the looks' products and their sums, a run of any length at any offset costs the same few additions.</remarks>
internal sealed class MovementAlignment
{
    /// <summary>Runs are made of blocks of about this length, so that films that share a part are aligned by that part.</summary>
    public const double BlockSeconds = 2;

    /// <summary>Ways in which a run is cut into blocks: from its beginning, and from half a block later.</summary>
    public const int Phases = 2;

    /// <summary>Movement below this many grey levels (root mean square) is noise and says nothing.</summary>
    public const double Noise = 1.2;

    /// <summary>Least steps of a run.</summary>
    public const int LeastSteps = 5;

    /// <summary>Chance seldom reaches this; a block below it counts against a run.</summary>
    public const double Chance = 0.45;

    private readonly MovementTrack _a;
    private readonly MovementTrack _b;
    private readonly double[] _across;
    private readonly double[] _withinA;
    private readonly double[] _withinB;
    private readonly double[] _along;

    /// <summary>Prepares two tracks of the same step.</summary>
    public MovementAlignment(PreparedTrack first, PreparedTrack second)
    {
        var (a, b) = (first.Track, second.Track);
        (_a, _b, _withinA, _withinB) = (a, b, first.Within, second.Within);
        var products = Products(a, b);
        _across = Sums(products, a.Count, b.Count);
        _along = new double[(a.Count + 1) * (b.Count + 1)];
        for (var i = 0; i < a.Count; i++)
        {
            for (var j = 0; j < b.Count; j++)
            {
                _along[((i + 1) * (b.Count + 1)) + j + 1] = _along[(i * (b.Count + 1)) + j] + products[(i * b.Count) + j];
            }
        }
    }

    /// <summary>The blocks of so many steps: a part that two films share seldom begins where a block does.</summary>
    public static IEnumerable<(int Start, int End)> Blocks(int count, double step, int phase)
    {
        var length = Math.Max(LeastSteps, (int)Math.Round(BlockSeconds / step));
        var first = phase * length / Phases;
        if (first >= LeastSteps)
        {
            yield return (0, Math.Min(first, count));
        }

        var blocks = Math.Max(1, (int)Math.Round((count - first) / (double)length));
        for (var block = 0; block < blocks && count - first >= LeastSteps; block++)
        {
            yield return (first + (block * (count - first) / blocks), first + ((block + 1) * (count - first) / blocks));
        }
    }

    /// <summary>What a block says for the two being the same: below 0 against it.</summary>
    public static double Evidence(double covariance, double energyA, double energyB, int steps) =>
        energyA > 0 && energyB > 0 ? steps * ((covariance / Math.Sqrt(energyA * energyB)) - Chance) : 0;

    /// <summary>The table of a track's products with itself.</summary>
    public static double[] Within(MovementTrack track) => Sums(Products(track, track), track.Count, track.Count);

    /// <summary>The alignment with the most evidence; null where the two never overlap for long enough or nothing moves.</summary>
    public AlignedRun? Best()
    {
        AlignedRun? best = null;
        for (var offset = LeastSteps - _b.Count; offset <= _a.Count - LeastSteps; offset++)
        {
            if (At(offset) is { } run && (best is null || run.Evidence > best.Value.Evidence))
            {
                best = run;
            }
        }

        return best;
    }

    /// <summary>The best run where the second track's first step is this step of the first.</summary>
    public AlignedRun? At(int offset)
    {
        var (firstA, firstB) = (Math.Max(0, offset), Math.Max(0, -offset));
        var count = Math.Min(_a.Count - firstA, _b.Count - firstB);
        if (count < LeastSteps)
        {
            return null;
        }

        AlignedRun? best = null;
        for (var phase = 0; phase < Phases; phase++)
        {
            var sum = new RunSum();
            foreach (var (start, end) in Blocks(count, _a.Step, phase))
            {
                sum.Add(start, end, Movement(firstA + start, firstB + start, end - start));
                best = sum.Better(best, firstA, firstB);
            }
        }

        return best;
    }

    /// <summary>Covariance of what moves in the two, and each one's energy; 0 for an energy that is noise.</summary>
    private (double Covariance, double EnergyA, double EnergyB) Movement(int firstA, int firstB, int count)
    {
        var width = _b.Count + 1;
        var along = _along[((firstA + count) * width) + firstB + count] - _along[(firstA * width) + firstB];
        var covariance = along - (Area(_across, width, firstA, firstB, count) / count);
        var least = Noise * Noise * count * _a.Width;
        var (a, b) = (Energy(_withinA, _a, firstA, count), Energy(_withinB, _b, firstB, count));
        return a < least || b < least ? (0, 0, 0) : (covariance, a, b);
    }

    private static double Energy(double[] within, MovementTrack track, int first, int count)
    {
        var sum = 0.0;
        for (var i = first; i < first + count; i++)
        {
            sum += Area(within, track.Count + 1, i, i, 1);
        }

        return sum - (Area(within, track.Count + 1, first, first, count) / count);
    }

    private static double Area(double[] sums, int width, int row, int column, int side) =>
        sums[((row + side) * width) + column + side]
        - sums[(row * width) + column + side]
        - sums[((row + side) * width) + column]
        + sums[(row * width) + column];

    private static float[] Products(MovementTrack a, MovementTrack b)
    {
        var products = new float[a.Count * b.Count];
        for (var i = 0; i < a.Count; i++)
        {
            for (var j = 0; j < b.Count; j++)
            {
                products[(i * b.Count) + j] = TensorPrimitives.Dot(a[i], b[j]);
            }
        }

        return products;
    }

    private static double[] Sums(float[] values, int rows, int columns)
    {
        var sums = new double[(rows + 1) * (columns + 1)];
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < columns; column++)
            {
                sum += values[(row * columns) + column];
                sums[((row + 1) * (columns + 1)) + column + 1] = sums[(row * (columns + 1)) + column + 1] + sum;
            }
        }

        return sums;
    }
}
