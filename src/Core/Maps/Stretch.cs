using System.Globalization;
using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Reduction.Stretching;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps;

// Why: docs/decisions/stretch.md
/// <summary>From codes in (-1, 1)^2 to the map's unit square: a rotation, then a stretch that covers the square more evenly and keeps
/// shapes where frames are (<see cref="EvenPlane"/>). Frozen in a map version, so that a code keeps its place whatever is added
/// later.</summary>
/// <param name="Degrees">The rotation asked for, anticlockwise about the origin, after the alignment.</param>
/// <param name="Strength">0 keeps the codes' own shape, 1 evens most.</param>
/// <param name="X">From x to the square, linear; of maps made before there was an even plane it evens x.</param>
/// <param name="Y">The same of y.</param>
/// <param name="Strips">Of maps made before there was an even plane: evens y in each strip of the evened x. Else empty.</param>
/// <param name="Alignment">How codes are first turned to lie as those of the map before; null for not at all.</param>
/// <param name="Plane">Evens the square; null where it stays as it is.</param>
public sealed record Stretch(
    double Degrees,
    double Strength,
    QuantileAxis X,
    QuantileAxis Y,
    IReadOnlyList<QuantileAxis> Strips,
    Alignment? Alignment = null,
    EvenPlane? Plane = null
)
{
    /// <summary>The strength where none is asked for: it keeps nearly all neighbours that the codes keep; see
    /// docs/decisions/stretch.md.</summary>
    public const double Usual = PlaceRequest.UsualStretch;

    /// <summary>Fits to codes <c>[n, 2]</c>.</summary>
    /// <exception cref="ArgumentException">No codes, or a number outside its range.</exception>
    public static Stretch Fit(ReadOnlySpan<float> codes, double degrees = 0, double strength = Usual, Alignment? alignment = null)
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

        // One scale for both axes: two would draw every neighbourhood out.
        var (left, right, low, high) = (x.Min(), x.Max(), y.Min(), y.Max());
        var reach = Math.Max(right - left, high - low) / 2;
        var (axisX, axisY) = (QuantileAxis.Around((left + right) / 2, reach), QuantileAxis.Around((low + high) / 2, reach));
        var inside = new double[codes.Length];
        for (var i = 0; i < x.Length; i++)
        {
            (inside[2 * i], inside[(2 * i) + 1]) = (QuantileAxis.Inside(axisX.Map(x[i])), QuantileAxis.Inside(axisY.Map(y[i])));
        }

        return new Stretch(
            degrees,
            strength,
            axisX,
            axisY,
            [],
            alignment,
            strength > 0 && reach > 0 ? EvenPlane.Fit(inside, strength) : null
        );
    }

    /// <summary>Positions <c>[n, 2]</c> in [0, 1]^2 of codes <c>[n, 2]</c>, those it was made from or others.</summary>
    public float[] Apply(ReadOnlySpan<float> codes)
    {
        var (x, y) = Rotate(codes, Degrees, Alignment);
        var positions = new float[codes.Length];
        var place = Strips.Count > 0 ? InStrips() : InPlane;
        for (var i = 0; i < x.Length; i++)
        {
            var (toX, toY) = place(x[i], y[i]);
            (positions[2 * i], positions[(2 * i) + 1]) = ((float)toX, (float)toY);
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
    public static Stretch Parse(ReadOnlySpan<byte> file) =>
        JsonSerializer.Deserialize<Stretch>(file) ?? throw new DamagedFileException("The map's stretch is empty; make the map anew.");

    private (double X, double Y) InPlane(double x, double y)
    {
        var (placeX, placeY) = (X.Map(x), Y.Map(y));
        if (Plane is null)
        {
            return (placeX, placeY);
        }

        // What lies outside of all frames keeps its order in the margin.
        var (evenX, evenY) = Plane.Map(QuantileAxis.Inside(placeX), QuantileAxis.Inside(placeY));
        return (QuantileAxis.Outside(placeX) ?? QuantileAxis.Place(evenX), QuantileAxis.Outside(placeY) ?? QuantileAxis.Place(evenY));
    }

    private Func<double, double, (double X, double Y)> InStrips()
    {
        var (linearX, linearY) = (X.Linear(), Y.Linear());
        return (x, y) =>
        {
            var even = X.Map(x);
            return (Blend(linearX.Map(x), even), Blend(linearY.Map(y), EvenY(even, y)));
        };
    }

    private double Blend(double linear, double even) => (linear * (1 - Strength)) + (even * Strength);

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
