namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>
/// Gives every target of the plane a point of its own so that the sum of squared distances is least: shortest augmenting paths
/// after Jonker and Volgenant (1987, "A shortest augmenting path algorithm for dense and sparse linear assignment problems"),
/// in the rectangular form of Crouse (2016, "On implementing 2D rectangular assignment algorithms").
/// A target's points are looked up ring by ring, as far as its price makes them matter, so the result is the exact optimum
/// though most pairs are never looked at.
/// </summary>
internal sealed class LinearAssignment
{
    private readonly double[] _targetX;
    private readonly double[] _targetY;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly PointBins _bins;
    private readonly List<int>[] _known;
    private readonly int[] _rings;
    private readonly double[] _targetPrice;
    private readonly double[] _pointPrice;
    private readonly int[] _pointOf;
    private readonly int[] _targetOf;

    // One search: distance to a point and the target it was reached from, valid where the stamp is this search's.
    private readonly double[] _distance;
    private readonly int[] _from;
    private readonly int[] _stamp;
    private readonly bool[] _settled;
    private readonly List<int> _settledPoints = [];
    private readonly PriorityQueue<(int Point, int Target), (double, int)> _queue = new();

    private LinearAssignment(double[] targetX, double[] targetY, double[] x, double[] y)
    {
        (_targetX, _targetY, _x, _y) = (targetX, targetY, x, y);
        _bins = new PointBins(x, y);
        _known = [.. targetX.Select(_ => new List<int>())];
        _rings = new int[targetX.Length];
        _targetPrice = new double[targetX.Length];
        _pointPrice = new double[x.Length];
        _pointOf = [.. targetX.Select(_ => -1)];
        _targetOf = [.. x.Select(_ => -1)];
        _distance = new double[x.Length];
        _from = new int[x.Length];
        _stamp = [.. x.Select(_ => -1)];
        _settled = new bool[x.Length];
    }

    /// <summary>The point of each target; coordinates in [0, 1], at least as many points as targets.</summary>
    public static int[] Solve(double[] targetX, double[] targetY, double[] x, double[] y, CancellationToken cancellationToken)
    {
        var assignment = new LinearAssignment(targetX, targetY, x, y);
        for (var target = 0; target < targetX.Length; target++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            assignment.Augment(target);
        }

        return assignment._pointOf;
    }

    private void Augment(int start)
    {
        _queue.Clear();
        _settledPoints.Clear();
        Visit(start, 0, start);
        while (true)
        {
            if (!_queue.TryDequeue(out var item, out var key))
            {
                throw new ArgumentException($"{_x.Length} points are too few for {_targetX.Length} targets: each needs one of its own.");
            }

            if (item.Point < 0)
            {
                Widen(item.Target, start);
            }
            else if (!(_stamp[item.Point] == start && _settled[item.Point]))
            {
                _settled[item.Point] = true;
                if (_targetOf[item.Point] < 0)
                {
                    Finish(start, item.Point, key.Item1);
                    return;
                }

                _settledPoints.Add(item.Point);
                Visit(_targetOf[item.Point], key.Item1, start);
            }
        }
    }

    /// <summary>Goes on from a target at this distance: to the points it knows, and later, where that can matter, to those it does
    /// not.</summary>
    private void Visit(int target, double distance, int search)
    {
        Relax(target, _known[target], distance, search);
        Promise(target, distance);
    }

    private void Relax(int target, List<int> points, double distance, int search)
    {
        foreach (var point in points)
        {
            var next = distance + Cost(target, point) - _targetPrice[target] - _pointPrice[point];
            if (_stamp[point] != search)
            {
                (_stamp[point], _settled[point], _distance[point]) = (search, false, double.PositiveInfinity);
            }

            if (!_settled[point] && next < _distance[point])
            {
                (_distance[point], _from[point]) = (next, target);
                _queue.Enqueue((point, target), (next, point));
            }
        }
    }

    /// <summary>Queues the target with the least distance at which a point it does not know yet could be. Prices of points are never
    /// positive.</summary>
    private void Promise(int target, double distance)
    {
        var reach = _rings[target] == 0 ? 0 : _bins.Reach(_targetX[target], _targetY[target], _rings[target] - 1);
        if (!double.IsPositiveInfinity(reach))
        {
            _queue.Enqueue((-1, target), (Math.Max(distance, distance + (reach * reach) - _targetPrice[target]), -1));
        }
    }

    private void Widen(int target, int search)
    {
        var distance = target == search ? 0 : _distance[_pointOf[target]];
        var ring = new List<int>();
        _bins.AddRing(_targetX[target], _targetY[target], _rings[target]++, ring);
        _known[target].AddRange(ring);
        Relax(target, ring, distance, search);
        Promise(target, distance);
    }

    /// <summary>Moves the prices by what the search found, then turns the path around.</summary>
    private void Finish(int start, int end, double shortest)
    {
        _targetPrice[start] += shortest;
        foreach (var point in _settledPoints)
        {
            _targetPrice[_targetOf[point]] += shortest - _distance[point];
            _pointPrice[point] -= shortest - _distance[point];
        }

        for (var point = end; ; )
        {
            var target = _from[point];
            var previous = _pointOf[target];
            (_targetOf[point], _pointOf[target]) = (target, point);
            if (target == start)
            {
                return;
            }

            point = previous;
        }
    }

    private double Cost(int target, int point)
    {
        var (dx, dy) = (_targetX[target] - _x[point], _targetY[target] - _y[point]);
        return (dx * dx) + (dy * dy);
    }
}
