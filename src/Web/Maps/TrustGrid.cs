namespace OrleansAtlas.Web.Maps;

/// <summary>Mean trust of the plane's regions at every level, as sums over cells that halve from level to level.</summary>
internal sealed class TrustGrid
{
    private const int Finest = 8;

    private const float Weight = 3;

    private readonly float[][] _sums = new float[Finest + 1][];
    private readonly int[][] _counts = new int[Finest + 1][];

    /// <param name="positions">All frames' positions, <c>[n, 2]</c>.</param>
    /// <param name="trust">All frames' trust, <c>[n]</c>; not a number where it was not measured.</param>
    /// <param name="members">Numbers of the frames that count.</param>
    public TrustGrid(float[] positions, float[] trust, ReadOnlySpan<int> members)
    {
        const int Side = 1 << Finest;
        (_sums[Finest], _counts[Finest]) = (new float[Side * Side], new int[Side * Side]);
        foreach (var member in members)
        {
            if (!float.IsNaN(trust[member]))
            {
                var cell = (Clamp(positions[(2 * member) + 1], Side) * Side) + Clamp(positions[2 * member], Side);
                _sums[Finest][cell] += trust[member];
                _counts[Finest][cell]++;
            }
        }

        for (var level = Finest - 1; level >= 0; level--)
        {
            var side = 1 << level;
            (_sums[level], _counts[level]) = (new float[side * side], new int[side * side]);
            for (var fine = 0; fine < 4 * side * side; fine++)
            {
                var cell = ((fine / (2 * side) / 2) * side) + (fine % (2 * side) / 2);
                _sums[level][cell] += _sums[level + 1][fine];
                _counts[level][cell] += _counts[level + 1][fine];
            }
        }
    }

    /// <summary>Mean trust around a place, smooth over the plane; not a number where nothing was measured at all. Where a region of this
    /// level has few
    /// frames, the one above speaks for it: its mean counts as much as <see cref="Weight"/> frames.</summary>
    public float At(double x, double y, int level)
    {
        var mean = _sums[0][0] / _counts[0][0];
        for (var at = 1; at <= Math.Clamp(level, 0, Finest); at++)
        {
            var (sum, count) = Around(x, y, at);
            mean = (sum + (Weight * mean)) / (count + Weight);
        }

        return mean;
    }

    /// <summary>Sums of the four regions nearest to a place, the nearer the more.</summary>
    private (float Sum, float Count) Around(double x, double y, int level)
    {
        var side = 1 << level;
        var (across, down) = ((x * side) - 0.5, (y * side) - 0.5);
        var (left, top) = ((int)Math.Floor(across), (int)Math.Floor(down));
        var (sum, count) = (0f, 0f);
        for (var corner = 0; corner < 4; corner++)
        {
            var (column, row) = (left + (corner & 1), top + (corner >> 1));
            var weight = (float)((1 - Math.Abs(across - column)) * (1 - Math.Abs(down - row)));
            var cell = (Math.Clamp(row, 0, side - 1) << level) + Math.Clamp(column, 0, side - 1);
            (sum, count) = (sum + (weight * _sums[level][cell]), count + (weight * _counts[level][cell]));
        }

        return (sum, count);
    }

    private static int Clamp(double at, int side) => (int)Math.Clamp(at * side, 0, side - 1);
}
