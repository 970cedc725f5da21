namespace OrleansAtlas.Maps;

/// <summary>A frame and its place on the map.</summary>
/// <param name="FilmIndex">Number of the film in the order of the map, from 0.</param>
/// <param name="SegmentNumber">Segment of the film that holds the frame, from 0.</param>
/// <param name="IndexInSegment">Place of the frame in its segment's artifacts, from 0.</param>
/// <param name="Time">Presentation time in the film in seconds.</param>
/// <param name="X">Position in [0, 1], from left to right.</param>
/// <param name="Y">Position in [0, 1], from top to bottom.</param>
public readonly record struct MapFrame(int FilmIndex, int SegmentNumber, int IndexInSegment, double Time, double X, double Y);

/// <summary>The window of the map that is drawn: a square of it, which fills the picture whatever the picture's shape.</summary>
public sealed record MapView
{
    /// <summary>The whole map.</summary>
    public static MapView Whole { get; } = new(0.5, 0.5, 1);

    /// <exception cref="ArgumentOutOfRangeException">The centre is not on the map or the width not in (0, 1].</exception>
    public MapView(double x, double y, double width)
    {
        (X, Y) = (OnMap(x, nameof(x)), OnMap(y, nameof(y)));
        Width = width is > 0 and <= 1
            ? width
            : throw new ArgumentOutOfRangeException(
                nameof(width),
                $"A window of the map is above 0 and at most 1 wide (1 is the whole map), not {width}."
            );
    }

    /// <summary>Centre, from left to right.</summary>
    public double X { get; }

    /// <summary>Centre, from top to bottom.</summary>
    public double Y { get; }

    /// <summary>Side of the window; the map's is 1.</summary>
    public double Width { get; }

    /// <summary>Where a place of the map lies in the window: (0, 0) at the top left, (1, 1) at the bottom right; outside beyond
    /// that.</summary>
    public (double X, double Y) ToWindow(double x, double y) => (((x - X) / Width) + 0.5, ((y - Y) / Width) + 0.5);

    /// <summary>Whether a place of the map is in the window, its edges included.</summary>
    public bool Contains(double x, double y) => ToWindow(x, y) is { X: >= 0 and <= 1, Y: >= 0 and <= 1 };

    private static double OnMap(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, $"The centre of a window is on the map, from 0 to 1, not at {value}.");
}
