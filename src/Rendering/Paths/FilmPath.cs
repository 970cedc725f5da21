namespace OrleansAtlas.Rendering.Paths;

/// <summary>A film's way over the map.</summary>
/// <param name="Times">Seconds, rising, <c>[n]</c>.</param>
/// <param name="X">From left to right, <c>[n]</c>.</param>
/// <param name="Y">From top to bottom, <c>[n]</c>.</param>
internal sealed record FilmPath(double[] Times, double[] X, double[] Y)
{
    // Pieces as long as the map's side, which films of few frames have, are round as well.
    private const int LeastSteps = 8;
    private const double StepsPerSide = 64;

    /// <summary>The way through these positions.</summary>
    /// <param name="times">Seconds, <c>[n]</c>.</param>
    /// <param name="positions"><c>[n, 2]</c>.</param>
    public static FilmPath Of(ReadOnlySpan<double> times, ReadOnlySpan<float> positions)
    {
        var (x, y) = (new double[times.Length], new double[times.Length]);
        for (var i = 0; i < times.Length; i++)
        {
            (x[i], y[i]) = (positions[2 * i], positions[(2 * i) + 1]);
        }

        return new FilmPath(times.ToArray(), x, y);
    }

    /// <summary>Frames on the way.</summary>
    public int Count => Times.Length;

    /// <summary>Each place the mean of its neighbours in time, by a bell curve of this width.</summary>
    /// <param name="seconds">Standard deviation.</param>
    public FilmPath Smoothed(double seconds)
    {
        var (x, y) = (new double[Count], new double[Count]);
        for (var (i, from) = (0, 0); i < Count; i++)
        {
            while (Times[from] < Times[i] - (3 * seconds))
            {
                from++;
            }

            var sum = 0.0;
            for (var j = from; j < Count && Times[j] <= Times[i] + (3 * seconds); j++)
            {
                var weight = Math.Exp(-Math.Pow((Times[j] - Times[i]) / seconds, 2) / 2);
                sum += weight;
                x[i] += weight * X[j];
                y[i] += weight * Y[j];
            }

            (x[i], y[i]) = (x[i] / sum, y[i] / sum);
        }

        return new FilmPath(Times, x, y);
    }

    /// <summary>Without the places that a straight line passes within this distance (Douglas and Peucker 1973).</summary>
    public FilmPath Thinned(double tolerance)
    {
        if (Count < 3)
        {
            return this;
        }

        var kept = new bool[Count];
        (kept[0], kept[^1]) = (true, true);
        var open = new Stack<(int From, int To)>([(0, Count - 1)]);
        while (open.TryPop(out var part))
        {
            var (farthest, distance) = (-1, tolerance);
            for (var i = part.From + 1; i < part.To; i++)
            {
                if (FromLine(i, part.From, part.To) is var away && away > distance)
                {
                    (farthest, distance) = (i, away);
                }
            }

            if (farthest >= 0)
            {
                kept[farthest] = true;
                open.Push((part.From, farthest));
                open.Push((farthest, part.To));
            }
        }

        int[] chosen = [.. Enumerable.Range(0, Count).Where(i => kept[i])];
        return new FilmPath([.. chosen.Select(i => Times[i])], [.. chosen.Select(i => X[i])], [.. chosen.Select(i => Y[i])]);
    }

    /// <summary>A round curve through all places (Catmull and Rom 1974), as many short lines.</summary>
    public IEnumerable<(double Time, double X, double Y)> Curve()
    {
        for (var i = 0; i + 1 < Count; i++)
        {
            var (before, after) = (Math.Max(0, i - 1), Math.Min(Count - 1, i + 2));
            var steps = LeastSteps + (int)(StepsPerSide * double.Hypot(X[i + 1] - X[i], Y[i + 1] - Y[i]));
            for (var step = 0; step < steps; step++)
            {
                var t = (double)step / steps;
                yield return (
                    Times[i] + (t * (Times[i + 1] - Times[i])),
                    Spline(X[before], X[i], X[i + 1], X[after], t),
                    Spline(Y[before], Y[i], Y[i + 1], Y[after], t)
                );
            }
        }

        yield return (Times[^1], X[^1], Y[^1]);
    }

    private static double Spline(double a, double b, double c, double d, double t) =>
        b + (t / 2 * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));

    private double FromLine(int i, int from, int to)
    {
        var (dx, dy) = (X[to] - X[from], Y[to] - Y[from]);
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp((((X[i] - X[from]) * dx) + ((Y[i] - Y[from]) * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(X[i] - X[from] - (along * dx), 2) + Math.Pow(Y[i] - Y[from] - (along * dy), 2));
    }
}
