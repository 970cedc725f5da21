namespace OrleansAtlas.Web.Maps;

/// <summary>The frames inside a polygon.</summary>
internal static class Polygon
{
    /// <summary>Numbers of the frames in it, rising: by film and time. The corners follow each other, the last is joined to the
    /// first.</summary>
    public static List<int> FramesIn(OpenMap open, PointGrid points, double[][] corners)
    {
        var (left, right) = (corners.Min(corner => corner[0]), corners.Max(corner => corner[0]));
        var (top, bottom) = (corners.Min(corner => corner[1]), corners.Max(corner => corner[1]));
        var positions = open.Map.Positions;
        var found = new List<int>();
        foreach (var run in points.Around(left, top, right, bottom))
        {
            foreach (var number in run.Span)
            {
                if (Contains(corners, positions[2 * number], positions[(2 * number) + 1]))
                {
                    found.Add(number);
                }
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>Whether a place is inside: a ray from it crosses the edges an odd number of times (Shimrat 1962).</summary>
    public static bool Contains(double[][] corners, double x, double y)
    {
        var inside = false;
        for (int i = 0, before = corners.Length - 1; i < corners.Length; before = i++)
        {
            var (a, b) = (corners[i], corners[before]);
            if ((a[1] > y) != (b[1] > y) && x < ((b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])) + a[0])
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
