namespace OrleansAtlas.Web.Maps;

/// <summary>Finds the frames of a part of the plane: frame numbers sorted by the cell of an even grid they lie in.</summary>
internal sealed class PointGrid
{
    private const int FramesPerCell = 6;

    private readonly float[] _positions;
    private readonly int _side;
    private readonly int[] _starts;
    private readonly int[] _members;

    /// <param name="positions">All frames' positions in [0, 1]^2, <c>[n, 2]</c>.</param>
    /// <param name="members">Numbers of the frames to find.</param>
    public PointGrid(float[] positions, ReadOnlySpan<int> members)
    {
        _positions = positions;
        _side = Math.Clamp((int)Math.Sqrt(members.Length / (double)FramesPerCell), 1, 1024);
        _starts = new int[(_side * _side) + 1];
        _members = new int[members.Length];
        foreach (var member in members)
        {
            _starts[CellOf(member) + 1]++;
        }

        for (var cell = 0; cell < _side * _side; cell++)
        {
            _starts[cell + 1] += _starts[cell];
        }

        var next = _starts.AsSpan().ToArray();
        foreach (var member in members)
        {
            _members[next[CellOf(member)]++] = member;
        }
    }

    /// <summary>Frames in the grid.</summary>
    public int Count => _members.Length;

    /// <summary>Frames in a rectangle, its edges included, and some around it: whole cells of the grid, a row of them at a time.</summary>
    public IEnumerable<ReadOnlyMemory<int>> Around(double left, double top, double right, double bottom)
    {
        var (firstX, lastX) = (Column(left), Column(right));
        for (var row = Column(top); row <= Column(bottom); row++)
        {
            var start = _starts[(row * _side) + firstX];
            var end = _starts[(row * _side) + lastX + 1];
            if (end > start)
            {
                yield return _members.AsMemory(start, end - start);
            }
        }
    }

    /// <summary>The frames nearest to a place of the plane, nearest first; distances are those seen on a plane of this shape.</summary>
    /// <param name="x">0 to 1.</param>
    /// <param name="y">0 to 1.</param>
    /// <param name="count">How many.</param>
    /// <param name="aspect">Width of the plane over its height.</param>
    /// <param name="leaveOut">Frames that are not wanted.</param>
    public int[] Nearest(double x, double y, int count, double aspect, Predicate<int>? leaveOut = null)
    {
        for (var reach = 1.5 * Math.Sqrt((count + 1.0) / Math.Max(1, Count)); ; reach *= 2)
        {
            var found = new List<(double Distance, int Member)>();
            foreach (var run in Around(x - reach, y - reach, x + reach, y + reach))
            {
                foreach (var member in run.Span)
                {
                    if (leaveOut?.Invoke(member) != true)
                    {
                        found.Add((Distance(member, x, y, aspect), member));
                    }
                }
            }

            // What is seen up to this distance is surely complete.
            var sure = reach * Math.Min(1, aspect);
            found.Sort();
            if (reach > 2 || (found.Count >= count && found[count - 1].Distance <= sure))
            {
                return [.. found.Take(count).Select(item => item.Member)];
            }
        }
    }

    private double Distance(int member, double x, double y, double aspect)
    {
        var (dx, dy) = ((_positions[2 * member] - x) * aspect, _positions[(2 * member) + 1] - y);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private int CellOf(int member) => (Column(_positions[(2 * member) + 1]) * _side) + Column(_positions[2 * member]);

    private int Column(double at) => (int)Math.Clamp(at * _side, 0, _side - 1);
}
