using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>Draws distributions side by side, each with the lines within which a quarter, half, three quarters and 95% of its points
/// lie.</summary>
/// <param name="codec">Draws the text.</param>
public sealed class DistributionChart(IImageCodec codec)
{
    private static readonly double[] Shares = [0.95, 0.75, 0.5, 0.25];

    /// <summary>Draws the picture.</summary>
    public RgbImage Draw(string title, IReadOnlyList<Distribution> distributions)
    {
        var row = new PanelRow(
            codec,
            distributions.Count,
            title,
            "Lines: within them lie 95%, 75%, 50% and 25% of the frames, from dark to light."
        );
        for (var i = 0; i < distributions.Count; i++)
        {
            var points = distributions[i].Points;
            var area = row.Panel(
                i,
                distributions[i].Heading,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{points.Length / 2:N0} frames, coverage {PlacementCoverage.Of(points):0.00}, {Moments(points)}"
                )
            );
            Draw(row.Canvas, area, points);
        }

        return row.Canvas.Image;
    }

    private static void Draw(Canvas canvas, PixelRectangle area, float[] points)
    {
        for (var i = 0; i < points.Length; i += 2)
        {
            canvas.Disc(area.X + (points[i] * area.Width), area.Y + (points[i + 1] * area.Height), 1.6, Palette.PaleInk, 0.35);
        }

        var contours = new DensityContours(points);
        for (var s = 0; s < Shares.Length; s++)
        {
            foreach (var (x1, y1, x2, y2) in contours.Around(Shares[s]))
            {
                canvas.Line(
                    Math.Clamp(area.X + (x1 * area.Width), area.X, area.X + area.Width),
                    Math.Clamp(area.Y + (y1 * area.Height), area.Y, area.Y + area.Height),
                    Math.Clamp(area.X + (x2 * area.Width), area.X, area.X + area.Width),
                    Math.Clamp(area.Y + (y2 * area.Height), area.Y, area.Y + area.Height),
                    2,
                    Palette.Sequential((s + 0.5) / Shares.Length)
                );
            }
        }
    }

    /// <summary>The deviation in units of the codes, whose square is 2 wide.</summary>
    private static string Moments(float[] points)
    {
        double Deviation(int axis)
        {
            var values = points.Where((_, i) => i % 2 == axis).Select(value => 2.0 * value).ToArray();
            var mean = values.Average();
            return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }

        return string.Create(CultureInfo.InvariantCulture, $"deviations {Deviation(0):0.00} and {Deviation(1):0.00} of (-1, 1)");
    }
}
