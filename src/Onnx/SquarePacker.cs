using System.Runtime.CompilerServices;
using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx;

/// <summary>Turns RGB8 squares into a network's input as its card says. A channel has 256 values, so each is looked up:
/// the very numbers of <c>(value - mean) / scale</c>, without a division a pixel.</summary>
internal sealed class SquarePacker
{
    private readonly ModelCard _card;
    private readonly float[][] _tables;

    public SquarePacker(ModelCard card)
    {
        _card = card;
        _tables = [.. Enumerable.Range(0, 3).Select(channel => Table(At(card.Mean, channel), At(card.Scale, channel)))];
    }

    /// <param name="squares">RGB8, <c>[count, side, side, 3]</c>.</param>
    /// <param name="input">Receives as many floats, in the card's layout.</param>
    public void Pack(ReadOnlySpan<byte> squares, Span<float> input)
    {
        var size = _card.InputSize * _card.InputSize * 3;
        for (var at = 0; at < squares.Length; at += size)
        {
            PackOne(squares.Slice(at, size), input.Slice(at, size));
        }
    }

    // Compiled at its best at once: a run of clips is half over before the runtime would.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackOne(ReadOnlySpan<byte> square, Span<float> input)
    {
        var pixels = square.Length / 3;
        var (step, plane) = _card.Layout == TensorLayout.Nchw ? (1, pixels) : (3, 1);
        for (var channel = 0; channel < 3; channel++)
        {
            var table = _tables[channel];
            var from = square[(_card.Bgr ? 2 - channel : channel)..];
            var to = input[(channel * plane)..];
            for (var i = 0; i < pixels; i++)
            {
                to[i * step] = table[from[i * 3]];
            }
        }
    }

    private static float[] Table(float mean, float scale) => [.. Enumerable.Range(0, 256).Select(value => (value - mean) / scale)];

    private static float At(IReadOnlyList<float> values, int channel) => values[values.Count == 1 ? 0 : channel];
}
