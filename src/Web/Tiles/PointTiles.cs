using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Draws tiles of points: discs where there is room for them, a haze of pixels where there is not.</summary>
internal static class PointTiles
{
    private const double LargestRadius = 6;
    private const double SmallestDisc = 1;

    // Longest film of the colour scale, in seconds; it is logarithmic from one second on.
    private const double LongestFilm = 7200;

    /// <summary>A tile as PNG, transparent where there is no point.</summary>
    public static byte[] Draw(OpenMap map, PointGrid points, TileAddress tile, PointColour colour, bool onDark)
    {
        var size = TileSize.Of(map.Aspect);
        var plane = (double)size.Width * size.Height / (tile.Width * tile.Width);
        var radius = Math.Min(LargestRadius, 0.32 * Math.Sqrt(plane / Math.Max(1, points.Count)));
        var disc = radius >= SmallestDisc;

        // A mean of many films' colours is grey and stands for none of them: a pixel that many share has the colour of most.
        IPointPixels pixels = disc || colour != PointColour.Film ? new MeanPixels(size) : new MajorityPixels(size);
        var (marginX, marginY) = ((radius + 1) / size.Width, (radius + 1) / size.Height);
        var (left, top) = (tile.X * tile.Width, tile.Y * tile.Width);
        var positions = map.Map.Positions;
        foreach (
            var run in points.Around(
                left - (marginX * tile.Width),
                top - (marginY * tile.Width),
                left + ((1 + marginX) * tile.Width),
                top + ((1 + marginY) * tile.Width)
            )
        )
        {
            foreach (var frame in run.Span)
            {
                var x = (positions[2 * frame] - left) / tile.Width * size.Width;
                var y = (positions[(2 * frame) + 1] - top) / tile.Width * size.Height;
                if (disc)
                {
                    Disc(pixels, size, x, y, radius, ColourOf(map, frame, colour, onDark));
                }
                else if (x >= 0 && y >= 0 && x < size.Width && y < size.Height)
                {
                    pixels.Add(((int)y * size.Width) + (int)x, ColourOf(map, frame, colour, onDark), 1);
                }
            }
        }

        return TransparentPng.Encode(size.Width, size.Height, pixels.Rgba());
    }

    private static void Disc(IPointPixels pixels, TileSize size, double x, double y, double radius, Rgb colour)
    {
        for (var py = Math.Max(0, (int)(y - radius - 1)); py <= Math.Min(size.Height - 1, (int)(y + radius + 1)); py++)
        {
            for (var px = Math.Max(0, (int)(x - radius - 1)); px <= Math.Min(size.Width - 1, (int)(x + radius + 1)); px++)
            {
                var (dx, dy) = (px + 0.5 - x, py + 0.5 - y);
                var covered = Math.Clamp(radius + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                if (covered > 0)
                {
                    pixels.Add((py * size.Width) + px, colour, (float)covered);
                }
            }
        }
    }

    private static Rgb ColourOf(OpenMap map, int frame, PointColour colour, bool onDark)
    {
        if (colour == PointColour.Trust)
        {
            return float.IsNaN(map.Map.Trust[frame]) ? Palette.Other : Palette.Sequential(map.Map.Trust[frame], onDark);
        }

        var film = map.Map[frame].FilmIndex;
        return colour switch
        {
            PointColour.Film => Palette.Category(map.GroupOf(film), onDark),
            PointColour.Time => Palette.Sequential(map.LengthOf(film) is > 0 and var length ? map.Map.Times[frame] / length : 0, onDark),
            _ => Palette.Sequential(Math.Log(1 + map.LengthOf(film)) / Math.Log(1 + LongestFilm), onDark),
        };
    }
}
