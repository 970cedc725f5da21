using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Tsne;

// Why: docs/decisions/learned-layout.md
/// <summary>Places for frames in the plane that keep neighbours, found for each frame freely: t-SNE (van der Maaten and Hinton 2008), from
/// PCA's first two
/// components. A network that learns these places keeps far more neighbours than one that looks for places itself.</summary>
internal sealed class TsneLayout
{
    /// <summary>Up to this many frames push each other apart exactly; of more, in every step another random sample of as many
    /// does.</summary>
    public const int ExactUpTo = 4096;

    private const int Early = 250;
    private const float EarlyExaggeration = 12;
    private const double FirstDeviation = 1e-4;

    // About what such layouts end with; half or twice as much ends as well.
    private const double MostOldDeviation = 40;
    private const float Edge = 0.95f;

    private readonly AffinityGraph _graph;
    private readonly Xoshiro256 _random;
    private readonly int _frames;
    private readonly Axis[] _axes;
    private readonly RepulsiveForces _repulsion;
    private readonly float _rate;
    private readonly bool _fresh;

    private TsneLayout(AffinityGraph graph, ReadOnlySpan<float> rows, ReadOnlySpan<float> old, int frames, Xoshiro256 random)
    {
        (_graph, _random, _frames, _fresh) = (graph, random, frames, old.IsEmpty);
        _axes = _fresh ? Fresh(rows) : Old(old, Math.Min(Math.Sqrt(frames), MostOldDeviation));
        _repulsion = new RepulsiveForces(frames, Math.Min(frames, ExactUpTo));
        _rate = Math.Max(50, frames / EarlyExaggeration / 4);
    }

    /// <summary>Positions <c>[frames, 2]</c> about 0 whose deviation over both axes is that given, less where some frame would lie beyond
    /// 0.95.</summary>
    /// <param name="rows">Reduced vectors <c>[frames, k]</c>, components in the order of their variance.</param>
    /// <param name="old">Places <c>[frames, 2]</c> on a map before, which the new ones stay near; empty to begin with PCA's first two
    /// components.</param>
    /// <param name="frames">How many, 4 or more.</param>
    /// <param name="perplexity">About how many neighbours each frame looks at.</param>
    /// <param name="steps">Steps of gradient descent.</param>
    /// <param name="deviation">Above 0.</param>
    /// <param name="random">Its numbers break ties and choose samples.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    public static float[] Of(
        ReadOnlyMemory<float> rows,
        ReadOnlySpan<float> old,
        int frames,
        double perplexity,
        int steps,
        double deviation,
        Xoshiro256 random,
        CancellationToken cancellationToken
    )
    {
        var layout = new TsneLayout(AffinityGraph.Of(rows, frames, perplexity, cancellationToken), rows.Span, old, frames, random);
        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            layout.Step(layout._fresh && step < Math.Min(Early, steps / 3));
        }

        return layout.Scaled(deviation);
    }

    // Both axes start with the same deviation; a hundredth of chance parts frames that are alike.
    private Axis[] Fresh(ReadOnlySpan<float> rows) =>
        [
            First(rows, 0, FirstDeviation / Deviation(rows, 0), FirstDeviation / 100),
            First(rows, 1, FirstDeviation / Deviation(rows, 1), FirstDeviation / 100),
        ];

    private Axis[] Old(ReadOnlySpan<float> places, double deviation)
    {
        var scale = deviation / double.Hypot(Deviation(places, 0), Deviation(places, 1)) * Math.Sqrt(2);
        return [First(places, 0, scale, deviation / 1000), First(places, 1, scale, deviation / 1000)];
    }

    private Axis First(ReadOnlySpan<float> values, int column, double scale, double chance)
    {
        var (width, at) = (values.Length / _frames, new float[_frames]);
        for (var i = 0; i < _frames; i++)
        {
            var value = column < width && double.IsFinite(scale) ? values[(i * width) + column] * scale : 0;
            at[i] = (float)(value + (_random.NextGaussian() * chance));
        }

        return new Axis(at, new float[_frames], new float[_frames]);
    }

    private double Deviation(ReadOnlySpan<float> values, int column)
    {
        var (width, sum, squares) = (values.Length / _frames, 0.0, 0.0);
        for (var i = 0; i < _frames; i++)
        {
            double value = column < width ? values[(i * width) + column] : 0;
            (sum, squares) = (sum + value, squares + (value * value));
        }

        return Math.Sqrt(Math.Max(0, (squares / _frames) - (sum / _frames * (sum / _frames))));
    }

    private void Step(bool early)
    {
        _repulsion.Compute(_axes[0].At, _axes[1].At, _random);
        var pull = early ? EarlyExaggeration : 1;
        var momentum = early ? 0.5f : 0.8f;
        Parallel.For(
            0,
            (_frames + RepulsiveForces.Block - 1) / RepulsiveForces.Block,
            block =>
            {
                for (var i = block * RepulsiveForces.Block; i < Math.Min(_frames, (block + 1) * RepulsiveForces.Block); i++)
                {
                    var (x, y) = Attraction(i);
                    _axes[0].Accelerate(i, 4 * ((pull * x) - _repulsion.X[i]), momentum, _rate);
                    _axes[1].Accelerate(i, 4 * ((pull * y) - _repulsion.Y[i]), momentum, _rate);
                }
            }
        );
        _axes[0].Move();
        _axes[1].Move();
    }

    private (float X, float Y) Attraction(int i)
    {
        var (xs, ys) = (_axes[0].At, _axes[1].At);
        var (x, y) = (0f, 0f);
        for (var e = _graph.Starts[i]; e < _graph.Starts[i + 1]; e++)
        {
            var j = _graph.Others[e];
            var (dx, dy) = (xs[i] - xs[j], ys[i] - ys[j]);
            var force = _graph.Weights[e] / (1 + (dx * dx) + (dy * dy));
            (x, y) = (x + (force * dx), y + (force * dy));
        }

        return (x, y);
    }

    private float[] Scaled(double deviation)
    {
        var (squares, largest) = (0.0, 0.0);
        foreach (var axis in _axes)
        {
            var mean = axis.At.Average(value => (double)value);
            for (var i = 0; i < _frames; i++)
            {
                axis.At[i] = (float)(axis.At[i] - mean);
                (squares, largest) = (squares + ((double)axis.At[i] * axis.At[i]), Math.Max(largest, Math.Abs(axis.At[i])));
            }
        }

        var scale = largest > 0 ? Math.Min(deviation / Math.Sqrt(squares / 2 / _frames), Edge / largest) : 1;
        var positions = new float[2 * _frames];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = (float)(_axes[i % 2].At[i / 2] * scale);
        }

        return positions;
    }

    /// <summary>One coordinate of all frames: where they are, how fast they go, and a gain each that grows while the direction stays
    /// (Jacobs 1988).</summary>
    private sealed record Axis(float[] At, float[] Speed, float[] Gain)
    {
        public void Accelerate(int i, float slope, float momentum, float rate)
        {
            // Gains are kept less 1, so that arrays of zeros start them at 1.
            Gain[i] = Math.Max(0.01f, slope * Speed[i] < 0 ? Gain[i] + 1.2f : (Gain[i] + 1) * 0.8f) - 1;
            Speed[i] = (momentum * Speed[i]) - (rate * (Gain[i] + 1) * slope);
        }

        public void Move()
        {
            for (var i = 0; i < At.Length; i++)
            {
                At[i] += Speed[i];
            }
        }
    }
}
