namespace OrleansAtlas.Web.Maps;

/// <summary>Mean trust of the plane's regions at every level, as sums over cells that halve from level to level.</summary>
internal sealed class TrustGrid
{
    private const int Finest = 8;

    // A region with fewer frames than this says too little; its parent speaks for it.
    private const int Fewest = 3;

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

    /// <summary>Mean trust around a place, from the smallest region of at most this level that has frames enough; not a number where nothing was measured.</summary>
    public float At(double x, double y, int level)
    {
        for (var at = Math.Clamp(level, 0, Finest); ; at--)
        {
            var cell = (Clamp(y, 1 << at) << at) + Clamp(x, 1 << at);
            if (_counts[at][cell] >= Fewest || at == 0)
            {
                return _sums[at][cell] / _counts[at][cell];
            }
        }
    }

    private static int Clamp(double at, int side) => (int)Math.Clamp(at * side, 0, side - 1);
}
