using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansAtlas.Onnx.Import;

/// <summary>A tfjs graph model: nodes of TensorFlow operators in a .json file, their constants in .bin files beside it
/// (tfjs-core io/types.ts: WeightsManifestConfig).</summary>
internal sealed class TfjsGraph
{
    private readonly Dictionary<string, TfjsNode> _nodes;
    private readonly Dictionary<string, TfjsConstant> _constants = [];

    private TfjsGraph(IEnumerable<TfjsNode> nodes) => _nodes = nodes.ToDictionary(node => node.Name);

    public TfjsNode Node(string name) => _nodes.TryGetValue(name, out var node)
        ? node
        : throw new InvalidDataException($"The tfjs graph has no node '{name}': it is another version of the model than the one that is read here.");

    /// <summary>The constant of this name; null where the node is computed.</summary>
    public TfjsConstant? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <param name="path">The .json file.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="InvalidDataException">Not such a model; the message says why.</exception>
    public static async Task<TfjsGraph> ReadAsync(string path, CancellationToken cancellationToken)
    {
        TfjsModel? model;
        try
        {
            model = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), TfjsContext.Default.TfjsModel);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no tfjs graph model: {e.Message}", e);
        }

        if (model is not { ModelTopology.Node: { } nodes, WeightsManifest: { } manifest })
        {
            throw new InvalidDataException($"{path} is no tfjs graph model: it has no modelTopology or no weightsManifest.");
        }

        var graph = new TfjsGraph(nodes);
        foreach (var group in manifest)
        {
            var bytes = new MemoryStream();
            foreach (var part in group.Paths)
            {
                await using var file = File.OpenRead(Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(part)));
                await file.CopyToAsync(bytes, cancellationToken);
            }

            graph.Unpack(group.Weights, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), path);
        }

        return graph;
    }

    private void Unpack(TfjsWeight[] weights, ReadOnlyMemory<byte> bytes, string path)
    {
        var at = 0;
        foreach (var weight in weights)
        {
            var count = weight.Shape.Aggregate(1, (product, n) => product * n);
            var stored = weight.Quantization?.Dtype ?? weight.Dtype;
            var size = stored switch { "float32" or "int32" => 4, "float16" or "uint16" => 2, "uint8" or "bool" => 1, _ => throw new InvalidDataException($"{path} stores '{weight.Name}' as {stored}, which is not read here.") };
            if (at + (count * size) > bytes.Length)
            {
                throw new InvalidDataException($"{path}: the .bin file ends inside '{weight.Name}'; fetch it again.");
            }

            _constants[weight.Name] = new TfjsConstant(weight.Shape, Decode(bytes.Span.Slice(at, count * size), stored, weight.Quantization));
            at += count * size;
        }
    }

    private static float[] Decode(ReadOnlySpan<byte> bytes, string stored, TfjsQuantization? quantization)
    {
        var (scale, least) = (quantization?.Scale ?? 1, quantization?.Min ?? 0);
        switch (stored)
        {
            case "float32":
                return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            case "int32":
                return Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (float)value);
            case "float16":
                return Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value);
            case "uint16":
                return Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), value => (float)((value * scale) + least));
            default:
                return Array.ConvertAll(bytes.ToArray(), value => (float)((value * scale) + least));
        }
    }
}

/// <summary>A constant's numbers; whole numbers of the graphs read here fit float32.</summary>
internal sealed record TfjsConstant(int[] Shape, float[] Values);

internal sealed record TfjsModel(TfjsTopology? ModelTopology, TfjsGroup[]? WeightsManifest);

internal sealed record TfjsTopology(TfjsNode[]? Node);

internal sealed record TfjsGroup(string[] Paths, TfjsWeight[] Weights);

internal sealed record TfjsWeight(string Name, int[] Shape, string Dtype, TfjsQuantization? Quantization);

internal sealed record TfjsQuantization(string Dtype, double? Scale, double? Min);

/// <summary>A node as TensorFlow's GraphDef has it.</summary>
internal sealed record TfjsNode(string Name, string Op, string[]? Input, Dictionary<string, TfjsAttribute>? Attr)
{
    public string[] Inputs => Input ?? [];

    public int[] Integers(string attribute) => Attr?.GetValueOrDefault(attribute)?.List?.I ?? [];

    public string Text(string attribute) => Decode(Attr?.GetValueOrDefault(attribute)?.S ?? "");

    public string[] Texts(string attribute) => [.. (Attr?.GetValueOrDefault(attribute)?.List?.S ?? []).Select(Decode)];

    public float Number(string attribute) => Attr?.GetValueOrDefault(attribute)?.F ?? 0;

    private static string Decode(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}

internal sealed record TfjsAttribute(string? S, float? F, TfjsList? List);

internal sealed record TfjsList(int[]? I, string[]? S);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TfjsModel))]
internal sealed partial class TfjsContext : JsonSerializerContext;
