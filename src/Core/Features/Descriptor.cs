using System.Globalization;
using System.Numerics.Tensors;

namespace OrleansAtlas.Features;

/// <summary>A frame's descriptor: the numbers of its two squares one after the other, stored as float16.</summary>
public static class Descriptor
{
    /// <summary>Squares a frame is described by.</summary>
    public const int SquaresPerFrame = 2;

    /// <summary>Numbers in the descriptor of a frame.</summary>
    public static int Dimensions(ModelCard card) => SquaresPerFrame * card.Dimensions;

    /// <summary>Converts a descriptor to float16.</summary>
    /// <param name="squares">What the network gave for the two squares, <c>[2 * D]</c>.</param>
    /// <param name="descriptor">Receives <c>[2 * D]</c>; of no use where a reason is returned.</param>
    /// <returns>Null, or why the frame has no descriptor: a number that float16 cannot hold (its largest is 65504).</returns>
    public static string? Convert(ReadOnlySpan<float> squares, Span<Half> descriptor)
    {
        TensorPrimitives.ConvertToHalf(squares, descriptor);
        for (var i = 0; i < squares.Length; i++)
        {
            if (!Half.IsFinite(descriptor[i]))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"number {i} of {squares.Length} of the descriptor is {squares[i]}, which float16 cannot hold"
                );
            }
        }

        return null;
    }
}
