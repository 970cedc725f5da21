using System.Globalization;
using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps;

/// <summary>From codes in (-1, 1)^2 to the map's unit square: a rotation, then a percentile stretch that covers the square evenly. Frozen
/// in a map version,
/// so that a code keeps its place whatever is added later.</summary>
/// <remarks>Percentiles of each axis alone leave holes where the two are correlated. So x is evened first, then y within strips of x,
/// blended from the middle
/// of one strip to that of the next. More strips cover more evenly and keep fewer neighbours: of 2,000 made-up frames, cells covered and
/// neighbours kept
/// were .51 and .60 without strips, .59 and .57 with eight, .72 and .53 with sixteen, .84 and .47 with twenty-four.</remarks>
/// <param name="Degrees">The rotation asked for, anticlockwise about the origin, after the alignment.</param>
/// <param name="Strength">0 keeps the codes' own shape, 1 evens fully, between is a blend.</param>
/// <param name="X">Evens x.</param>
/// <param name="Y">All frames' y.</param>
/// <param name="Strips">Evens y in each strip; strips divide the evened x evenly.</param>
/// <param name="Alignment">How codes are first turned to lie as those of the map before; null for not at all.</param>
public sealed record QuantileTransform(
    double Degrees,
    double Strength,
    QuantileAxis X,
    QuantileAxis Y,
    IReadOnlyList<QuantileAxis> Strips,
    Alignment? Alignment = null
)
{
    /// <summary>The strength where none is asked for: it keeps nearly all neighbours that the codes keep; see
    /// docs/decisions/stretch.md.</summary>
    public const double Usual = PlaceRequest.UsualStretch;

    private const int Knots = 101;
    private const int FramesPerStrip = 250;
    private const int MostStrips = 8;

    /// <summary>Fits to codes <c>[n, 2]</c>.</summary>
    /// <exception cref="ArgumentException">No codes, or a number outside its range.</exception>
    public static QuantileTransform Fit(ReadOnlySpan<float> codes, double degrees = 0, double strength = Usual, Alignment? alignment = null)
    {
        if (codes.Length < 2 || !double.IsFinite(degrees) || strength is not (>= 0 and <= 1))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Cannot stretch {codes.Length / 2} codes by {strength} after turning them by {degrees} degrees; allowed are 1 "
                        + $"code or more, a stretch of 0 to 1 and any finite angle."
                )
            );
        }

        var (x, y) = Rotate(codes, degrees, alignment);
        var (axisX, axisY) = (QuantileAxis.Percentiles(x, Knots), QuantileAxis.Percentiles(y, Knots));
        var count = Math.Clamp(x.Length / FramesPerStrip, 1, MostStrips);
        var byX = Enumerable.Range(0, x.Length).OrderBy(i => x[i]).ThenBy(i => i).ToArray();
        var strips = Enumerable
            .Range(0, count)
            .Select(strip =>
            {
                // Half a strip more on either side makes the change from strip to strip smooth.
                var (from, to) = ((strip - 0.5) / count, (strip + 1.5) / count);
                var members = byX[(int)Math.Max(0, from * x.Length)..(int)Math.Min(x.Length, Math.Ceiling(to * x.Length))];
                return QuantileAxis.Percentiles([.. members.Select(i => y[i])], Math.Clamp(members.Length / 3, 2, Knots));
            });
        return new QuantileTransform(degrees, strength, axisX, axisY, [.. strips], alignment);
    }

    /// <summary>Positions <c>[n, 2]</c> in [0, 1]^2 of codes <c>[n, 2]</c>, those it was made from or others.</summary>
    public float[] Apply(ReadOnlySpan<float> codes)
    {
        var (x, y) = Rotate(codes, Degrees, Alignment);
        var (linearX, linearY) = (X.Linear(), Y.Linear());
        var positions = new float[codes.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var even = X.Map(x[i]);
            positions[2 * i] = Blend(linearX.Map(x[i]), even);
            positions[(2 * i) + 1] = Blend(linearY.Map(y[i]), EvenY(even, y[i]));
        }

        return positions;
    }

    /// <summary>Codes <c>[n, 2]</c> after the alignment alone.</summary>
    public float[] Align(ReadOnlySpan<float> codes)
    {
        var (x, y) = Rotate(codes, 0, Alignment);
        return [.. x.Zip(y).SelectMany(point => (float[])[(float)point.First, (float)point.Second])];
    }

    /// <summary>As JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="DamagedFileException">Not such a file.</exception>
    public static QuantileTransform Parse(ReadOnlySpan<byte> file) =>
        JsonSerializer.Deserialize<QuantileTransform>(file)
        ?? throw new DamagedFileException("The map's stretch is empty; make the map anew.");

    private float Blend(double linear, double even) => (float)((linear * (1 - Strength)) + (even * Strength));

    private double EvenY(double evenX, double y)
    {
        var middle = Math.Clamp((evenX * Strips.Count) - 0.5, 0, Strips.Count - 1);
        var strip = Math.Min((int)middle, Math.Max(0, Strips.Count - 2));
        var next = Math.Min(strip + 1, Strips.Count - 1);
        var share = middle - strip;
        return (Strips[strip].Map(y) * (1 - share)) + (Strips[next].Map(y) * share);
    }

    private static (double[] X, double[] Y) Rotate(ReadOnlySpan<float> codes, double degrees, Alignment? alignment)
    {
        var (sin, cos) = Math.SinCos((degrees + (alignment?.Degrees ?? 0)) * Math.PI / 180);
        var side = alignment?.Mirrored == true ? -1 : 1;
        var (x, y) = (new double[codes.Length / 2], new double[codes.Length / 2]);
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (cos * codes[2 * i]) - (sin * side * codes[(2 * i) + 1]);
            y[i] = (sin * codes[2 * i]) + (cos * side * codes[(2 * i) + 1]);
        }

        return (x, y);
    }
}
