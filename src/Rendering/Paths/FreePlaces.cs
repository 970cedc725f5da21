using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>Finds places for labels so that none covers another.</summary>
/// <param name="within">Where labels may be.</param>
internal sealed class FreePlaces(PixelRectangle within)
{
    private const int Directions = 24;
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    /// <summary>Keeps a place free of labels.</summary>
    public void Take(double left, double top, double right, double bottom) => _taken.Add((left, top, right, bottom));

    /// <summary>The free place nearest to where a label would like to be, which is then taken; null where there is none so near.</summary>
    /// <param name="x">Middle of the label.</param>
    /// <param name="y">Middle of the label.</param>
    /// <param name="width">Of the label.</param>
    /// <param name="height">Of the label.</param>
    /// <param name="reach">How far away it may be.</param>
    public (double X, double Y)? Nearest(double x, double y, double width, double height, double reach)
    {
        var step = Math.Max(1, height / 4);
        for (var away = 0.0; away <= reach; away += step)
        {
            for (var i = 0; i < (away == 0 ? 1 : Directions); i++)
            {
                // Upwards first, where a label reads as one of what is below it.
                var (sin, cos) = Math.SinCos((i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * Math.Tau / Directions);
                var (left, top) = (x + (away * sin) - (width / 2), y - (away * cos) - (height / 2));
                if (IsFree(left, top, left + width, top + height))
                {
                    Take(left, top, left + width, top + height);
                    return (left + (width / 2), top + (height / 2));
                }
            }
        }

        return null;
    }

    private bool IsFree(double left, double top, double right, double bottom) =>
        left >= within.X
        && top >= within.Y
        && right <= within.X + within.Width
        && bottom <= within.Y + within.Height
        && _taken.TrueForAll(taken => right <= taken.Left || left >= taken.Right || bottom <= taken.Top || top >= taken.Bottom);
}
