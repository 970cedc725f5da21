using System.Globalization;
using System.Text.Json;

namespace OrleansAtlas.Media;

/// <summary>Reads ffprobe's way of writing JSON, where most numbers are text and anything may be missing.</summary>
internal static class FfprobeJson
{
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A quotient such as 30000/1001 or 64:45; null where it is not there or has no value (0/0).</summary>
    public static double? Quotient(this JsonElement element, string name)
    {
        var parts = element.Text(name)?.Split('/', ':');
        return parts is [var above, var below]
            && double.TryParse(above, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(below, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            && a > 0 && b > 0
                ? a / b
                : null;
    }

    /// <summary>Matroska's DURATION tag, e.g. 00:00:30.003000000, in seconds.</summary>
    public static double? Clock(this JsonElement element, string name)
    {
        var parts = element.Text(name)?.Split(':');
        return parts is [var h, var m, var s]
            && int.TryParse(h, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(m, CultureInfo.InvariantCulture, out var minutes)
            && double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                ? (hours * 3600.0) + (minutes * 60) + seconds
                : null;
    }

    public static JsonElement Inner(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
