namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Points of the unit square in square bins, about two a bin, for looking around a place in growing rings.</summary>
internal sealed class PointBins
{
    private readonly int _side;
    private readonly int[] _starts;
    private readonly int[] _points;

    public PointBins(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        _side = Math.Clamp((int)Math.Sqrt(x.Length / 2.0), 1, 4096);
        _starts = new int[(_side * _side) + 1];
        _points = new int[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            _starts[Bin(x[i], y[i]) + 1]++;
        }

        for (var bin = 0; bin < _side * _side; bin++)
        {
            _starts[bin + 1] += _starts[bin];
        }

        var next = _starts.AsSpan(0, _side * _side).ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            _points[next[Bin(x[i], y[i])]++] = i;
        }
    }

    /// <summary>Adds the points of the bins that are <paramref name="ring"/> steps from the place's own bin.</summary>
    public void AddRing(double x, double y, int ring, List<int> points)
    {
        var (column, row) = (Axis(x), Axis(y));
        for (var r = Math.Max(0, row - ring); r <= Math.Min(_side - 1, row + ring); r++)
        {
            var step = Math.Abs(r - row) == ring ? 1 : 2 * ring;
            for (var c = column - ring; c <= column + ring; c += step)
            {
                if (c >= 0 && c < _side)
                {
                    var bin = (r * _side) + c;
                    points.AddRange(_points.AsSpan(_starts[bin].._starts[bin + 1]));
                }
            }
        }
    }

    /// <summary>No point beyond this ring is nearer to the place than this; infinite where there is none beyond.</summary>
    public double Reach(double x, double y, int ring)
    {
        var (column, row) = (Axis(x), Axis(y));
        if (column - ring <= 0 && row - ring <= 0 && column + ring >= _side - 1 && row + ring >= _side - 1)
        {
            return double.PositiveInfinity;
        }

        return Math.Max(0, Math.Min(Edge(x, column, ring), Edge(y, row, ring)));
    }

    /// <summary>Distance to the nearer edge of the square of bins that still has bins behind it.</summary>
    private double Edge(double at, int bin, int ring)
    {
        var low = bin - ring > 0 ? at - ((double)(bin - ring) / _side) : double.PositiveInfinity;
        var high = bin + ring < _side - 1 ? ((double)(bin + ring + 1) / _side) - at : double.PositiveInfinity;
        return Math.Min(low, high);
    }

    private int Bin(double x, double y) => (Axis(y) * _side) + Axis(x);

    private int Axis(double at) => Math.Clamp((int)(at * _side), 0, _side - 1);
}
