using System.Globalization;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Times of a film as they stand in pictures.</summary>
internal static class ClockText
{
    // Of a shorter film the frames that are shown are less than a tenth of a second apart.
    private const double Short = 2;

    /// <summary>A time in seconds as a number: of a film of a moment with two decimals, else with one.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="length">Seconds of the film.</param>
    public static string Number(double seconds, double length) =>
        seconds.ToString(length < Short ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A time with its unit, such as <c>0.25 s</c>, <c>12.5 s</c> or, from a minute on, <c>1:05</c>.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="length">Seconds of the film.</param>
    public static string Of(double seconds, double length) =>
        seconds < 60
            ? $"{seconds.ToString(length < Short ? "0.00" : "0.#", CultureInfo.InvariantCulture)} s"
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}");
}
