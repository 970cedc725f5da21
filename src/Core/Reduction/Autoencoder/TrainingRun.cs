using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Placement;
using OrleansAtlas.Reduction.Tsne;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>One fit: lays neighbours out where the loss asks for it, then runs epochs of shuffled batches.</summary>
internal sealed class TrainingRun
{
    private readonly float[] _rows;
    private readonly int[] _filmOf;
    private readonly float[] _old;
    private readonly TrainingOptions _options;
    private readonly Func<TrainingStart, ITrainingSteps> _open;
    private readonly Xoshiro256 _random;
    private readonly AutoencoderNetwork _network;
    private readonly int _batches;

    public TrainingRun(TrainingSet set, TrainingOptions options, Func<TrainingStart, ITrainingSteps> open)
    {
        _open = open;
        (_rows, _filmOf, _old, _options) = (set.Rows, set.FilmOf, set.Old, options);
        _random = new Xoshiro256(options.Seed);
        _network = new AutoencoderNetwork(new NetworkShape(_rows.Length / _filmOf.Length, options.EncoderWidth, options.EncoderLayers));
        _network.Initialise(_random);
        _batches = options.BatchesFor(_filmOf.Length);
    }

    public TrainedModel Run(Action<EpochReport>? onEpoch, CancellationToken cancellationToken)
    {
        var frames = _filmOf.Length;
        var epochs = _options.EpochsFor(frames);
        var places =
            _options.Weights.Layout == 0
                ? []
                : TsneLayout.Of(
                    _rows,
                    _old,
                    frames,
                    _options.Perplexity,
                    _options.LayoutSteps,
                    _options.Deviation,
                    _random,
                    cancellationToken
                );
        var order = Enumerable.Range(0, frames).ToArray();
        var largest = (frames + _batches - 1) / _batches;
        using var steps = _open(
            new TrainingStart(_network, _rows, places, _options, new InputNoise(_options.InputNoise, _random), largest)
        );
        var reports = new List<EpochReport>(epochs);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            _random.Shuffle(order);
            var sum = new EpochSum();
            for (var batch = 0; batch < _batches; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (start, end) = ((int)((long)frames * batch / _batches), (int)((long)frames * (batch + 1) / _batches));
                var indices = Triplets(order.AsSpan(start, end - start));
                var progress = ((double)epoch * _batches + batch) / ((double)epochs * _batches);
                var rate = (float)(_options.LearningRate * (1 + Math.Cos(Math.PI * progress)) / 2);
                sum.Add(steps.Step(indices, end - start, rate), steps, indices.Length);
            }

            var report = sum.Report(epoch + 1, _batches, _options.Weights);
            reports.Add(report);
            onEpoch?.Invoke(report);
        }

        steps.Finish();
        var error = _network.Errors(_rows).Average(value => (double)value);
        var landmarks = Landmarks.Of(_rows, places.Length > 0 ? places : _network.Encode(_rows), _filmOf);
        return new TrainedModel(
            new AutoencoderEmbedder(_network, error, landmarks, _options.Neighbours),
            new TrainingReport(epochs * _batches, largest, reports)
        );
    }

    /// <summary>The frames of a batch; then their partners, where a term needs them.</summary>
    private ReadOnlySpan<int> Triplets(ReadOnlySpan<int> a)
    {
        if (!_options.Weights.NeedsTriplets)
        {
            return a;
        }

        var triplets = new int[3 * a.Length];
        a.CopyTo(triplets);
        for (var i = 0; i < a.Length; i++)
        {
            (triplets[a.Length + i], triplets[(2 * a.Length) + i]) = _options.Loss switch
            {
                PairLoss.Temporal => Consecutive(a[i]),
                PairLoss.Correlation => Others(a[i]),
                _ => (_random.Next(_filmOf.Length), _random.Next(_filmOf.Length)),
            };
        }

        return triplets;
    }

    /// <summary>Two random frames, neither the one before it: a distance of 0 would be an order of its own, which a correlation follows
    /// before all others.</summary>
    private (int B, int C) Others(int a)
    {
        int Other(int than)
        {
            var other = _random.Next(_filmOf.Length - 1);
            return other < than ? other : other + 1;
        }

        var b = Other(a);
        return (b, Other(b));
    }

    /// <summary>The next two frames of the film; at its end the two before; of a film of one or two frames the frame itself, which costs
    /// nothing.</summary>
    private (int B, int C) Consecutive(int a)
    {
        bool Same(int other) => other >= 0 && other < _filmOf.Length && _filmOf[other] == _filmOf[a];
        return Same(a + 2) ? (a + 1, a + 2)
            : Same(a - 2) ? (a - 1, a - 2)
            : (a, a);
    }

    /// <summary>Adds up an epoch.</summary>
    private sealed class EpochSum
    {
        private readonly double[] _sum = new double[NetworkShape.Codes];
        private readonly double[] _squares = new double[NetworkShape.Codes];
        private Losses _losses;
        private long _codes;

        public void Add(Losses losses, ITrainingSteps steps, int rows)
        {
            _losses = new Losses(
                _losses.Reconstruction + losses.Reconstruction,
                _losses.Activity + losses.Activity,
                _losses.LogRatio + losses.LogRatio,
                _losses.Temporal + losses.Temporal,
                _losses.Layout + losses.Layout,
                _losses.Correlation + losses.Correlation
            );
            _codes += rows;
            for (var r = 0; r < rows; r++)
            {
                for (var d = 0; d < NetworkShape.Codes; d++)
                {
                    double code = steps.Codes[(r * steps.CodeWidth) + d];
                    _sum[d] += code;
                    _squares[d] += code * code;
                }
            }
        }

        public EpochReport Report(int epoch, int batches, LossWeights weights)
        {
            var losses = new Losses(
                _losses.Reconstruction / batches,
                _losses.Activity / batches,
                _losses.LogRatio / batches,
                _losses.Temporal / batches,
                _losses.Layout / batches,
                _losses.Correlation / batches
            );
            double[] mean = [.. _sum.Select(sum => sum / _codes)];
            return new EpochReport(
                epoch,
                losses,
                losses.Total(weights),
                mean,
                [.. _squares.Zip(mean, (square, m) => Math.Sqrt(Math.Max(0, (square / _codes) - (m * m))))]
            );
        }
    }
}
