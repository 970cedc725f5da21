namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The widths of the autoencoder and where each named array lies in its one parameter buffer.</summary>
public sealed class NetworkShape
{
    /// <summary>The plane of the map.</summary>
    public const int Codes = 2;

    private readonly Dictionary<string, ParameterView> _views = [];

    /// <param name="inputs">Numbers a reduced vector has, at least 1.</param>
    /// <param name="encoderWidth">Null for the article's encoder; else the width of each of its hidden layers, Dense + ReLU without
    /// normalisation.</param>
    /// <param name="encoderLayers">How many hidden layers such an encoder has.</param>
    public NetworkShape(int inputs, int? encoderWidth = null, int encoderLayers = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        Inputs = inputs;
        EncoderWidth = encoderWidth;
        Encoder = encoderWidth is { } width ? [inputs, .. Enumerable.Repeat(width, encoderLayers), Codes] : Widths(inputs, Codes, 3);
        Decoder = Widths(Codes, inputs, 4);
        Add("encoder", Encoder, trainable: true);
        Add("decoder", Decoder, trainable: true);
        Trainable = Total;
        Add("encoder", Encoder, trainable: false);
        Add("decoder", Decoder, trainable: false);
    }

    /// <summary>Numbers a reduced vector has.</summary>
    public int Inputs { get; }

    /// <summary>Width of a plain encoder's hidden layers; null for the article's.</summary>
    public int? EncoderWidth { get; }

    /// <summary>Widths of the encoder's layers from its input to the codes: the article's 256, 50, 10, 2, or 256, 256, 256, 2.</summary>
    public IReadOnlyList<int> Encoder { get; }

    /// <summary>Widths of the decoder's layers from the codes to its output: 2, 6, 22, 76, 256.</summary>
    public IReadOnlyList<int> Decoder { get; }

    /// <summary>All numbers: trainable ones first, then running statistics.</summary>
    public int Total { get; private set; }

    /// <summary>Numbers of the encoder, running statistics among them: 13,622 of the article's for 256 inputs.</summary>
    public int EncoderParameters => ParametersOf("encoder");

    /// <summary>Numbers of the decoder, running statistics among them: 22,048 of the article's for 256 inputs.</summary>
    public int DecoderParameters => ParametersOf("decoder");

    /// <summary>How many numbers training changes by gradient.</summary>
    public int Trainable { get; }

    /// <summary>Every named array: <c>encoder.0.weight</c> and so on, numbered as the layers of a sequence
    /// Dense, ELU, BatchNorm, Dense, ...; dense weights are <c>[out, in]</c>.</summary>
    public IReadOnlyDictionary<string, ParameterView> Views => _views;

    /// <summary>Hidden widths are weighted geometric means of the ends, rounded down: the i-th of L layers ends at
    /// <c>from^(1 - i/L) * to^(i/L)</c>. 256 and 2 give 50, 10 and 6, 22, 76.</summary>
    private static int[] Widths(int from, int to, int layers) =>
        [
            .. Enumerable
                .Range(0, layers + 1)
                .Select(i =>
                    i == 0 ? from
                    : i == layers ? to
                    : Mean(from, to, (double)i / layers)
                ),
        ];

    // The tiny addition keeps whole means whole where the powers round below them.
    private static int Mean(int from, int to, double weight) =>
        Math.Max(1, (int)((Math.Pow(from, 1 - weight) * Math.Pow(to, weight)) + 1e-9));

    private int ParametersOf(string net) =>
        _views.Where(view => view.Key.StartsWith(net, StringComparison.Ordinal)).Sum(view => view.Value.Length);

    private void Add(string net, IReadOnlyList<int> widths, bool trainable)
    {
        for (var layer = 0; layer + 1 < widths.Count; layer++)
        {
            var (dense, norm, size) = ($"{net}.{3 * layer}", $"{net}.{(3 * layer) + 2}", widths[layer + 1]);
            var last = layer + 2 == widths.Count;
            if (trainable)
            {
                Add($"{dense}.weight", size, widths[layer]);
                Add($"{dense}.bias", size);
            }

            if (!last && !(net == "encoder" && EncoderWidth is not null))
            {
                foreach (var name in trainable ? (string[])["weight", "bias"] : ["running_mean", "running_var"])
                {
                    Add($"{norm}.{name}", size);
                }
            }
        }
    }

    private void Add(string name, params int[] shape)
    {
        var length = shape.Aggregate(1, (product, n) => product * n);
        _views.Add(name, new ParameterView(Total, length, shape));
        Total += length;
    }
}
