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
    public static byte[] Draw(OpenMap map, PointGrid points, TileAddress tile, PointColour colour)
    {
        var size = TileSize.Of(map.Aspect);
        var plane = (double)size.Width * size.Height / (tile.Width * tile.Width);
        var radius = Math.Min(LargestRadius, 0.32 * Math.Sqrt(plane / Math.Max(1, points.Count)));
        var pixels = new float[size.Width * size.Height * 4];
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
                if (x > -radius - 1 && y > -radius - 1 && x < size.Width + radius + 1 && y < size.Height + radius + 1)
                {
                    Splat(pixels, size, x, y, radius, ColourOf(map, frame, colour));
                }
            }
        }

        return TransparentPng.Encode(size.Width, size.Height, Blended(pixels));
    }

    private static void Splat(float[] pixels, TileSize size, double x, double y, double radius, Rgb colour)
    {
        if (radius < SmallestDisc)
        {
            if (x >= 0 && y >= 0 && x < size.Width && y < size.Height)
            {
                Add(pixels, (((int)y * size.Width) + (int)x) * 4, colour, 1);
            }

            return;
        }

        for (var py = Math.Max(0, (int)(y - radius - 1)); py <= Math.Min(size.Height - 1, (int)(y + radius + 1)); py++)
        {
            for (var px = Math.Max(0, (int)(x - radius - 1)); px <= Math.Min(size.Width - 1, (int)(x + radius + 1)); px++)
            {
                var (dx, dy) = (px + 0.5 - x, py + 0.5 - y);
                var covered = Math.Clamp(radius + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                if (covered > 0)
                {
                    Add(pixels, ((py * size.Width) + px) * 4, colour, (float)covered);
                }
            }
        }
    }

    private static void Add(float[] pixels, int at, Rgb colour, float weight)
    {
        pixels[at] += colour.R * weight;
        pixels[at + 1] += colour.G * weight;
        pixels[at + 2] += colour.B * weight;
        pixels[at + 3] += weight;
    }

    /// <summary>The mean colour of what covers a pixel; the more there is, the less shines through.</summary>
    private static byte[] Blended(float[] pixels)
    {
        var bytes = new byte[pixels.Length];
        for (var at = 0; at < pixels.Length; at += 4)
        {
            if (pixels[at + 3] is > 0 and var weight)
            {
                for (var band = 0; band < 3; band++)
                {
                    bytes[at + band] = (byte)Math.Min(255, (pixels[at + band] / weight) + 0.5f);
                }

                bytes[at + 3] = (byte)(255 * (1 - MathF.Exp(-2.5f * weight)));
            }
        }

        return bytes;
    }

    private static Rgb ColourOf(OpenMap map, int frame, PointColour colour)
    {
        if (colour == PointColour.Trust)
        {
            return float.IsNaN(map.Map.Trust[frame]) ? Palette.Other : Palette.Sequential(map.Map.Trust[frame]);
        }

        var film = map.Map[frame].FilmIndex;
        return colour switch
        {
            PointColour.Film => Palette.Category(map.ColourRank(film)),
            PointColour.Time => Palette.Sequential(map.LengthOf(film) is > 0 and var length ? map.Map.Times[frame] / length : 0),
            _ => Palette.Sequential(Math.Log(1 + map.LengthOf(film)) / Math.Log(1 + LongestFilm)),
        };
    }
}
