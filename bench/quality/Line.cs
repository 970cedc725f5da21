using System.Globalization;
using System.Text.Json;
using OrleansAtlas.Media;

namespace OrleansAtlas.Bench;

/// <summary>Lines of the table.</summary>
internal static class Line
{
    public const string Heading =
        "| collection | layout | trustworthiness | neighbours kept | class of the nearest | log-ratio correlation | coverage "
        + "| held-out frames | held-out films | seconds |\n"
        + "|---|---|---|---|---|---|---|---|---|---|";

    public static string Of(Export export, string layout, Figures figures, double? frames, double? films, double? seconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {export.Name} ({export.Frames}) | {layout} | {figures.Trustworthiness:.000} | {figures.Kept:.000} | "
                + $"{figures.Nearest:.000} | {Number(figures.Correlation, "0.00")} | {Number(figures.Coverage, "0.00")} | "
                + $"{Number(frames, ".000")} | {Number(films, ".000")} | {Number(seconds, "0.0")} |"
        );

    public static string OfPeer(Export export, JsonProperty method)
    {
        double Number(string name) =>
            method.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        return Of(
            export,
            method.Name,
            new Figures(Number("trustworthiness"), Number("kept"), Number("nearest"), double.NaN, double.NaN),
            Number("heldOut"),
            Number("heldOutFilms"),
            Number("seconds")
        );
    }

    private static string Number(double? value, string form) =>
        value is { } number && double.IsFinite(number) ? number.ToString(form, CultureInfo.InvariantCulture) : "-";
}
