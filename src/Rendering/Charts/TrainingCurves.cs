using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>Draws how a training went: a panel for each loss that took part, then one for the codes' deviation, over the epochs.</summary>
/// <param name="codec">Draws the text.</param>
public sealed class TrainingCurves(IImageCodec codec)
{
    private const int Inset = 30;
    private const int LabelWidth = 60;

    /// <summary>Draws the picture.</summary>
    public RgbImage Draw(string title, TrainingReport report)
    {
        (string Heading, Func<EpochReport, double> Value)[] losses =
        [
            ("Reconstruction", epoch => epoch.Losses.Reconstruction),
            ("Layout of neighbours", epoch => epoch.Losses.Layout),
            ("Activity", epoch => epoch.Losses.Activity),
            ("Log-ratio", epoch => epoch.Losses.LogRatio),
            ("1 - correlation of log-ratios", epoch => epoch.Losses.Correlation),
            ("Temporal", epoch => epoch.Losses.Temporal),
            ("Mean deviation of the codes", epoch => epoch.CodeDeviation.Average()),
        ];
        var shown = losses.Where(loss => report.Epochs.Any(epoch => loss.Value(epoch) > 0)).ToList();
        var row = new PanelRow(
            codec,
            shown.Count,
            title,
            $"{report.Epochs.Count} epochs, {report.Steps} steps of up to {report.BatchSize} frames; each loss unweighted, on a "
                + "logarithmic scale."
        );
        for (var i = 0; i < shown.Count; i++)
        {
            double[] values = [.. report.Epochs.Select(shown[i].Value)];
            var area = row.Panel(i, shown[i].Heading, $"{Number(values[0])} at first, {Number(values[^1])} at the end");
            Curve(row, area, values, i);
        }

        return row.Canvas.Image;
    }

    private static void Curve(PanelRow row, PixelRectangle area, double[] values, int colour)
    {
        var positive = values.Where(value => value > 0).ToArray();
        // A curve that hardly moves is not blown up: the scale spans a factor of two at least.
        var (low, high) = (Math.Log10(positive.Min()), Math.Log10(positive.Max()));
        (low, high) = high - low < 0.3 ? (((low + high) / 2) - 0.15, ((low + high) / 2) + 0.15) : (low, high);
        double X(int epoch) => area.X + LabelWidth + ((area.Width - LabelWidth - (double)Inset) * epoch / Math.Max(1, values.Length - 1));
        double Y(double log) => area.Y + Inset + ((area.Height - (2 * Inset)) * (high - log) / (high - low));
        foreach (var mark in Marks(low, high))
        {
            var y = Y(Math.Log10(mark));
            row.Canvas.Rectangle(new PixelRectangle(area.X + 1, (int)y, area.Width - 2, 1), Palette.Other, 0.6);
            row.Label(Number(mark), area.X + 6, (int)y - 17);
        }

        for (var i = 1; i < values.Length; i++)
        {
            if (values[i - 1] > 0 && values[i] > 0)
            {
                row.Canvas.Line(X(i - 1), Y(Math.Log10(values[i - 1])), X(i), Y(Math.Log10(values[i])), 2.5, Palette.Category(colour));
            }
        }
    }

    /// <summary>Two digits, as people write them.</summary>
    private static string Number(double value) => value.ToString(value < 10 ? "G2" : "0", CultureInfo.InvariantCulture);

    /// <summary>Powers of ten in the range, or 1, 2 and 5 times them where there are few.</summary>
    private static IEnumerable<double> Marks(double low, double high)
    {
        double[] factors = high - low > 2 ? [1] : [1, 2, 5];
        for (var power = (int)Math.Floor(low); power <= high; power++)
        {
            foreach (var factor in factors)
            {
                var mark = factor * Math.Pow(10, power);
                if (Math.Log10(mark) >= low && Math.Log10(mark) <= high)
                {
                    yield return mark;
                }
            }
        }
    }
}
