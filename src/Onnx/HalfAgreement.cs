using System.Globalization;
using System.Numerics.Tensors;
using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx;

/// <summary>Whether descriptors in float16 stand for those in float32.</summary>
internal static class HalfAgreement
{
    /// <summary>Least cosine between the two descriptors of a picture.</summary>
    public const float LeastCosine = 0.999f;

    private const int Pictures = 4;
    private const int Seed = 16;

    /// <summary>Compares both on a few pictures made for it: waves, a slope, boxes and noise.</summary>
    /// <param name="single">In float32 on the CPU.</param>
    /// <param name="half">In float16, wherever it runs.</param>
    /// <returns>Null where they agree, or one sentence.</returns>
    public static string? Fault(IFeatureExtractor single, IFeatureExtractor half)
    {
        var squares = Draw(single.Card.InputSize);
        var (expected, given) = (new float[Pictures * single.Card.Dimensions], new float[Pictures * single.Card.Dimensions]);
        single.Describe(squares, Pictures, expected);
        half.Describe(squares, Pictures, given);
        var least = LeastOf(expected, given, single.Card.Dimensions);
        return least >= LeastCosine
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"descriptors in float16 have a cosine of {least:0.00000} to those of the CPU in float32 where {LeastCosine} is asked for"
            );
    }

    /// <summary>The least cosine between rows; NaN where a row is not finite.</summary>
    public static float LeastOf(ReadOnlySpan<float> expected, ReadOnlySpan<float> given, int dimensions)
    {
        var least = 1f;
        for (var row = 0; row < expected.Length; row += dimensions)
        {
            var cosine = TensorPrimitives.CosineSimilarity(expected.Slice(row, dimensions), given.Slice(row, dimensions));
            least = MathF.Min(least, cosine);
        }

        return least;
    }

    private static byte[] Draw(int side)
    {
        var squares = new byte[Pictures * side * side * 3];
        var random = new Random(Seed);
        for (var i = 0; i < side * side * 3; i++)
        {
            var (x, y, colour) = (i / 3 % side, i / 3 / side, i % 3);
            byte[] values =
            [
                (byte)(127.5 + (127.5 * Math.Sin(0.0137 * i))),
                (byte)(255 * (colour == 1 ? x : y) / side),
                (byte)(((x / 16) + (y / 16)) % 2 == 0 ? 60 * colour : 255 - (40 * colour)),
                (byte)random.Next(256),
            ];
            for (var picture = 0; picture < Pictures; picture++)
            {
                squares[(picture * side * side * 3) + i] = values[picture];
            }
        }

        return squares;
    }
}
