using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Colours that mean something, on a light ground unless it is said otherwise.</summary>
public static class Palette
{
    private static readonly Lazy<Rgb[]> Distinct = new(() => DistinctColours.Farthest(Colours));
    private static readonly Lazy<Rgb[]> DistinctOnDark = new(() => DistinctColours.Farthest(Colours, onDark: true));

    /// <summary>Matplotlib's viridis (CC0) in ten steps, without its palest end, which is lost on white.</summary>
    private static readonly Rgb[] Viridis =
    [
        Rgb.Hex(0x440154),
        Rgb.Hex(0x482475),
        Rgb.Hex(0x414487),
        Rgb.Hex(0x355f8d),
        Rgb.Hex(0x2a788e),
        Rgb.Hex(0x21918c),
        Rgb.Hex(0x22a884),
        Rgb.Hex(0x44bf70),
        Rgb.Hex(0x7ad151),
        Rgb.Hex(0xbddf26),
    ];

    private const double DarkestOnDark = 2.5;

    /// <summary>How many colours <see cref="Category"/> tells apart.</summary>
    public const int Colours = 20;

    /// <summary>Text and frames.</summary>
    public static Rgb Ink { get; } = Rgb.Hex(0x2b2f36);

    /// <summary>Lesser text.</summary>
    public static Rgb PaleInk { get; } = Rgb.Hex(0x767c87);

    /// <summary>Ground.</summary>
    public static Rgb Ground { get; } = Rgb.Hex(0xfcfcfd);

    /// <summary>What has no colour of its own.</summary>
    public static Rgb Other { get; } = Rgb.Hex(0xc4c7cd);

    /// <summary>One of twenty colours, as far apart as can be also for those who do not tell red from green; <see cref="Other"/>
    /// beyond.</summary>
    public static Rgb Category(int index, bool onDark = false) =>
        index < Colours ? (onDark ? DistinctOnDark : Distinct).Value[index] : Other;

    /// <summary>From dark violet at 0 over green to yellow-green at 1; even in lightness, so it also reads in grey.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="onDark">For a dark ground: without the darkest end, which is lost there.</param>
    public static Rgb Sequential(double share, bool onDark = false)
    {
        var from = onDark ? DarkestOnDark : 0;
        var at = from + (Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (Viridis.Length - 1 - from));
        var below = Math.Min((int)at, Viridis.Length - 2);
        return Viridis[below].Mix(Viridis[below + 1], at - below);
    }
}
