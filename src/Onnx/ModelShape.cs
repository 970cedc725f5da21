using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Onnx;

/// <summary>Names and shapes of a model's input and output, compared with its card.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the output.</param>
/// <param name="FixedBatch">Squares at once where the graph allows one number only.</param>
/// <param name="Positions">Places in the image that the output describes, which are averaged; 1 where it is a vector.</param>
/// <param name="ChannelsLast">Whether a spatial output has its channels last.</param>
internal sealed record ModelShape(string Input, string Output, int? FixedBatch, int Positions, bool ChannelsLast)
{
    private long[] _square = [];
    private long[] _descriptor = [];

    public long[] InputShape(int count) => [count, .. _square];

    public long[] OutputShape(int count) => [count, .. _descriptor];

    /// <exception cref="ModelException">The model does not fit its card.</exception>
    public static ModelShape Check(InferenceSession session, ModelFile model)
    {
        var card = model.Card;
        var input = Name(card.Input, session.InputNames, "input", model);
        var output = Name(card.Output, session.OutputNames, "output", model);
        long[] square = card.Layout == TensorLayout.Nchw ? [3, card.InputSize, card.InputSize] : [card.InputSize, card.InputSize, 3];
        var given = session.InputMetadata[input];
        var axes = given.Dimensions;
        if (
            given.ElementDataType != TensorElementType.Float
            || axes.Length != 4
            || axes[1..].Zip(square).Any(pair => pair.First > 0 && pair.First != pair.Second)
        )
        {
            throw Misfit(model, $"its input '{input}' is {given.ElementDataType} {Text(axes)}, expected Float {Text([-1, .. square])}");
        }

        int? batch = axes[0] > 0 ? axes[0] : null;
        var descriptor = Measure(session, input, [batch ?? 1, .. square], output, model)[1..];
        var channelsLast = card.Layout == TensorLayout.Nhwc;
        var channels = descriptor.Length switch
        {
            1 => descriptor[0],
            3 => channelsLast ? descriptor[2] : descriptor[0],
            _ => -1,
        };
        if (channels != card.Dimensions)
        {
            throw Misfit(model, $"its output '{output}' is {Text([-1, .. descriptor])}, expected {card.Dimensions} numbers a square");
        }

        var positions = descriptor.Aggregate(1L, (product, n) => product * n) / channels;
        return new ModelShape(input, output, batch, (int)positions, channelsLast) { _square = square, _descriptor = descriptor };
    }

    /// <summary>The output's shape for a black square: what the graph declares is often partly open.</summary>
    private static long[] Measure(InferenceSession session, string input, long[] shape, string output, ModelFile model)
    {
        var declared = session.OutputMetadata[output];
        if (declared.ElementDataType != TensorElementType.Float)
        {
            throw Misfit(model, $"its output '{output}' is {declared.ElementDataType}, expected Float");
        }

        if (declared.Dimensions.Length > 1 && declared.Dimensions[1..].All(n => n > 0))
        {
            return [.. declared.Dimensions];
        }

        using var run = new RunOptions();
        using var square = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (product, n) => product * n)], shape);
        using var results = session.Run(run, [input], [square], [output]);
        return results[0].GetTensorTypeAndShape().Shape;
    }

    private static string Name(string? wanted, IReadOnlyList<string> names, string what, ModelFile model) =>
        wanted is null || names.Contains(wanted)
            ? wanted ?? names[0]
            : throw Misfit(model, $"it has no {what} '{wanted}', only {string.Join(", ", names.Select(name => $"'{name}'"))}");

    private static ModelException Misfit(ModelFile model, string fault) =>
        new(
            $"{model.Path} does not fit the card of {model.Card.Name}: {fault}; give the model that the card is for, or write a "
                + $"card for this one as {model.Path}.json."
        );

    private static string Text(IEnumerable<int> shape) => Text(shape.Select(n => (long)n));

    private static string Text(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select((n, i) => n > 0 ? n.ToString(CultureInfo.InvariantCulture) : i == 0 ? "n" : "?"))}]";
}
