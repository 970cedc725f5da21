using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Rendering.Charts;

namespace OrleansAtlas.Bench;

/// <summary>Frames that the lines of the charts enclose, counted by rays.</summary>
internal static class Contours
{
    public const string Heading = """
        | collection | points | within the line of 25% | of 50% | of 75% | of 95% |
        |---|---|---|---|---|---|
        """;

    public static IEnumerable<string> Lines(Export export)
    {
        var codes = Ours.Train(export, TrainingOptions.Best, 1).Encode(export.Rows);
        yield return Line(export, "codes", [.. codes.Select(code => (code + 1) / 2)]);
        foreach (var strength in (double[])[Stretch.Usual, 1])
        {
            yield return Line(
                export,
                string.Create(CultureInfo.InvariantCulture, $"map ({strength})"),
                Stretch.Fit(codes, 0, strength).Apply(codes)
            );
        }
    }

    private static string Line(Export export, string what, float[] points)
    {
        var contours = new DensityContours(points);
        var shares = ((double[])[0.25, 0.5, 0.75, 0.95]).Select(share =>
        {
            var pieces = contours.Around(share).ToList();
            var within = Enumerable.Range(0, export.Frames).Count(i => Within(pieces, points[2 * i], points[(2 * i) + 1]));
            return string.Create(CultureInfo.InvariantCulture, $"{100.0 * within / export.Frames:0.0}%");
        });
        return $"| {export.Name} ({export.Frames}) | {what} | {string.Join(" | ", shares)} |";
    }

    private static bool Within(List<(double X1, double Y1, double X2, double Y2)> pieces, double x, double y) =>
        pieces.Count(piece =>
            piece.Y1 > y != piece.Y2 > y && piece.X1 + ((y - piece.Y1) / (piece.Y2 - piece.Y1) * (piece.X2 - piece.X1)) > x
        ) % 2
        == 1;
}
