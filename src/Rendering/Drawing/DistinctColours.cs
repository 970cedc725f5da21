using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Colours far apart from each other: one after another, the candidate whose nearest neighbour among those chosen is farthest,
/// in Oklab (Ottosson 2020), taking the lesser of the distance as it is and as seen without red or green cones
/// (Viénot, Brettel and Mollon 1999).</summary>
internal static class DistinctColours
{
    /// <summary>Weight of the dichromat's distance: his gamut is flatter, so all his distances are smaller.</summary>
    private const double DichromatScale = 1.5;

    private static readonly double[] Lightness = [0.40, 0.48, 0.56, 0.64, 0.72, 0.80];
    private static readonly double[] LightnessOnDark = [0.58, 0.66, 0.74, 0.82, 0.90];

    public static Rgb[] Farthest(int count, bool onDark = false)
    {
        var candidates = Candidates(onDark ? LightnessOnDark : Lightness).ToArray();
        var views = candidates.Select(Views).ToArray();
        var ground = Views(onDark ? new Linear(0, 0, 0) : new Linear(1, 1, 1));
        var nearest = views.Select(view => Distance(view, ground)).ToArray();
        var chosen = new Rgb[count];
        var next = First(candidates);
        for (var i = 0; i < count; i++)
        {
            chosen[i] = candidates[next].ToRgb();
            for (var k = 0; k < nearest.Length; k++)
            {
                nearest[k] = Math.Min(nearest[k], Distance(views[k], views[next]));
            }

            next = Array.IndexOf(nearest, nearest.Max());
        }

        return chosen;
    }

    /// <summary>A middling blue to begin with.</summary>
    private static int First(Linear[] candidates)
    {
        var blue = Linear.FromOklch(0.55, 0.14, 255);
        return Array.IndexOf(candidates, candidates.MinBy(c => Distance(Views(c), Views(blue))));
    }

    private static IEnumerable<Linear> Candidates(double[] lightnesses) =>
        from lightness in lightnesses
        from chroma in new[] { 0.07, 0.11, 0.15, 0.19 }
        from hue in Enumerable.Range(0, 36)
        let colour = Linear.FromOklch(lightness, chroma, hue * 10)
        where colour.IsVisible
        select colour;

    private static (double L, double A, double B)[] Views(Linear c)
    {
        // Viénot et al., linear sRGB: without red cones, without green cones.
        var protan = new Linear(
            (0.11238 * c.R) + (0.88762 * c.G),
            (0.11238 * c.R) + (0.88762 * c.G),
            (0.00401 * c.R) - (0.00401 * c.G) + c.B
        );
        var deutan = new Linear(
            (0.29275 * c.R) + (0.70725 * c.G),
            (0.29275 * c.R) + (0.70725 * c.G),
            (-0.02234 * c.R) + (0.02234 * c.G) + c.B
        );
        return [c.ToOklab(), protan.ToOklab(), deutan.ToOklab()];
    }

    private static double Distance((double L, double A, double B)[] a, (double L, double A, double B)[] b) =>
        Math.Min(Distance(a[0], b[0]), DichromatScale * Math.Min(Distance(a[1], b[1]), Distance(a[2], b[2])));

    private static double Distance((double L, double A, double B) a, (double L, double A, double B) b) =>
        Math.Sqrt(Math.Pow(a.L - b.L, 2) + Math.Pow(a.A - b.A, 2) + Math.Pow(a.B - b.B, 2));

    /// <summary>A colour in linear sRGB.</summary>
    private readonly record struct Linear(double R, double G, double B)
    {
        public bool IsVisible => R is >= 0 and <= 1 && G is >= 0 and <= 1 && B is >= 0 and <= 1;

        public static Linear FromOklch(double lightness, double chroma, double degrees)
        {
            var (a, b) = (chroma * Math.Cos(double.DegreesToRadians(degrees)), chroma * Math.Sin(double.DegreesToRadians(degrees)));
            var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
            var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
            var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
            return new(
                (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
                (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
                (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)
            );
        }

        public (double L, double A, double B) ToOklab()
        {
            var l = Math.Cbrt((0.4122214708 * R) + (0.5363325363 * G) + (0.0514459929 * B));
            var m = Math.Cbrt((0.2119034982 * R) + (0.6806995451 * G) + (0.1073969566 * B));
            var s = Math.Cbrt((0.0883024619 * R) + (0.2817188376 * G) + (0.6299787005 * B));
            return (
                (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
                (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
                (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s)
            );
        }

        public Rgb ToRgb() => new(Encode(R), Encode(G), Encode(B));

        private static byte Encode(double x) =>
            (byte)Math.Round(255 * (x <= 0.0031308 ? 12.92 * x : (1.055 * Math.Pow(x, 1 / 2.4)) - 0.055));
    }
}
