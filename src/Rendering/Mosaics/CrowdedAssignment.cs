using System.Numerics;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>The same problem as <see cref="LinearAssignment"/> where nearly every point is needed: then far points matter too, and
/// looking at all of them in a row, several at once, is faster than looking them up. Memory is linear: costs are computed when
/// needed.</summary>
internal sealed class CrowdedAssignment
{
    private readonly double[] _targetX;
    private readonly double[] _targetY;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _targetPrice;
    private readonly double[] _pointPrice;
    private readonly int[] _pointOf;
    private readonly int[] _targetOf;
    private readonly double[] _distance;
    private readonly long[] _from;

    // Infinite for points the search is done with, else 0: added to a distance it keeps them from being found again.
    private readonly double[] _closed;
    private readonly List<int> _settled = [];

    private CrowdedAssignment(double[] targetX, double[] targetY, double[] x, double[] y)
    {
        (_targetX, _targetY, _x, _y) = (targetX, targetY, Padded(x, 0), Padded(y, 0));
        _targetPrice = new double[targetX.Length];
        _pointPrice = Padded(new double[x.Length], double.NegativeInfinity);
        _pointOf = [.. targetX.Select(_ => -1)];
        _targetOf = [.. x.Select(_ => -1)];
        _distance = new double[_x.Length];
        _from = new long[_x.Length];
        _closed = new double[_x.Length];
    }

    /// <summary>The point of each target; at least as many points as targets.</summary>
    public static int[] Solve(double[] targetX, double[] targetY, double[] x, double[] y, CancellationToken cancellationToken)
    {
        var assignment = new CrowdedAssignment(targetX, targetY, x, y);
        for (var target = 0; target < targetX.Length; target++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            assignment.Augment(target);
        }

        return assignment._pointOf;
    }

    private void Augment(int start)
    {
        Array.Fill(_distance, double.PositiveInfinity);
        Array.Clear(_closed);
        _settled.Clear();
        var (target, shortest) = (start, 0.0);
        while (true)
        {
            var point = Nearest(target, shortest);
            shortest = _distance[point];
            if (_targetOf[point] < 0)
            {
                Finish(start, point, shortest);
                return;
            }

            _closed[point] = double.PositiveInfinity;
            _settled.Add(point);
            target = _targetOf[point];
        }
    }

    /// <summary>Goes on from a target to every open point, and finds the nearest open one.</summary>
    private int Nearest(int target, double distance)
    {
        var (tx, ty, offset) = (
            new Vector<double>(_targetX[target]),
            new Vector<double>(_targetY[target]),
            new Vector<double>(distance - _targetPrice[target])
        );
        var (least, where, index) = (new Vector<double>(double.PositiveInfinity), Vector<long>.Zero, Vector.CreateSequence(0L, 1L));
        var (self, step) = (new Vector<long>(target), new Vector<long>(Vector<long>.Count));
        for (var i = 0; i < _x.Length; i += Vector<double>.Count, index += step)
        {
            var (dx, dy) = (tx - new Vector<double>(_x, i), ty - new Vector<double>(_y, i));
            var next = (dx * dx) + (dy * dy) + offset - new Vector<double>(_pointPrice, i);
            var known = new Vector<double>(_distance, i);
            var closed = new Vector<double>(_closed, i);
            var better = Vector.LessThan(next + closed, known);
            var now = Vector.ConditionalSelect(better, next, known);
            now.CopyTo(_distance, i);
            Vector.ConditionalSelect(better, self, new Vector<long>(_from, i)).CopyTo(_from, i);
            var nearer = Vector.LessThan(now + closed, least);
            least = Vector.ConditionalSelect(nearer, now, least);
            where = Vector.ConditionalSelect(nearer, index, where);
        }

        var lane = 0;
        for (var k = 1; k < Vector<double>.Count; k++)
        {
            lane = least[k] < least[lane] || (least[k] == least[lane] && where[k] < where[lane]) ? k : lane;
        }

        return (int)where[lane];
    }

    private void Finish(int start, int end, double shortest)
    {
        _targetPrice[start] += shortest;
        foreach (var point in _settled)
        {
            _targetPrice[_targetOf[point]] += shortest - _distance[point];
            _pointPrice[point] -= shortest - _distance[point];
        }

        for (var point = end; ; )
        {
            var target = (int)_from[point];
            var previous = _pointOf[target];
            (_targetOf[point], _pointOf[target]) = (target, point);
            if (target == start)
            {
                return;
            }

            point = previous;
        }
    }

    /// <summary>Whole vectors; what is added is infinitely far away by its price.</summary>
    private static double[] Padded(double[] values, double padding)
    {
        var count = Vector<double>.Count;
        var padded = new double[(values.Length + count - 1) / count * count];
        values.CopyTo(padded, 0);
        padded.AsSpan(values.Length).Fill(padding);
        return padded;
    }
}
