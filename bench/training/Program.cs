using System.Diagnostics;
using OrleansAtlas.Bench;
using OrleansAtlas.Numerics;
using OrleansAtlas.Onnx;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;

// How fast training and PCA are. Triplets are counted by processor time, which other work on the machine disturbs less; peers.py measures
// PyTorch and scikit-learn on the same sizes. Run both by run.sh.

if (args.Contains("--trainers"))
{
    Trainers.Compare();
    return;
}

Console.WriteLine($"| triplets a second, one core | {TripletsASecond():N0} |");
if (!args.Contains("--short"))
{
    Console.WriteLine(
        "| 67,000 x 256, 100 epochs, article, s | "
            + $"{Seconds(() => Train(67_000, TrainingOptions.Of(TrainingOptions.Article) with { Epochs = 100 })):0.0} |"
    );
    Console.WriteLine($"| 67,000 x 256, best (a layout of 16,384), s | {Seconds(() => Train(1 << 14, new TrainingOptions())):0.0} |");
    Console.WriteLine($"| placing a frame among 16,384 training frames, one core, ms | {Placing():0.00} |");
    Pca();
}

static double TripletsASecond()
{
    const int Batch = 1024,
        Frames = 8192,
        Steps = 100;
    var rows = Normal(Frames * 256);
    var network = new AutoencoderNetwork(new NetworkShape(256));
    var random = new Xoshiro256(1);
    network.Initialise(random);
    var pass = new TrainingPass(network, Batch);
    var adam = new Adam(network.Shape.Trainable);
    var batch = new int[3 * Batch];
    var best = 0.0;
    for (var run = 0; run < 8; run++)
    {
        var start = Process.GetCurrentProcess().UserProcessorTime;
        for (var step = 0; step < Steps; step++)
        {
            foreach (ref var index in batch.AsSpan())
            {
                index = random.Next(Frames);
            }

            pass.Run(rows, batch, Batch, new LossWeights(1, 1, 0.01f, 0), 0.3f);
            adam.Step(network.Parameters[..network.Shape.Trainable], pass.Gradients, 1e-3f);
        }

        best = Math.Max(best, Steps * Batch / (Process.GetCurrentProcess().UserProcessorTime - start).TotalSeconds);
    }

    return best;
}

static void Train(int frames, TrainingOptions options)
{
    var films = new int[frames];
    for (var i = 0; i < frames; i++)
    {
        films[i] = i / 500;
    }

    new AutoencoderTrainer().Train(new TrainingSet(Normal(frames * 256), films), options, null, CancellationToken.None);
}

static double Placing()
{
    const int Training = 1 << 14,
        Frames = 2000;
    var rows = Normal(Training * 256);
    var code = new AutoencoderTrainer()
        .Train(
            new TrainingSet(rows, [.. Enumerable.Range(0, Training).Select(i => i / 500)]),
            TrainingOptions.Of(TrainingOptions.Article) with
            {
                Epochs = 1,
                Neighbours = 10,
            },
            null,
            CancellationToken.None
        )
        .Code;
    var start = Process.GetCurrentProcess().UserProcessorTime;
    code.Encode(rows.AsSpan(0, Frames * 256));
    return (Process.GetCurrentProcess().UserProcessorTime - start).TotalMilliseconds / Frames;
}

static void Pca()
{
    const int Frames = 16_000,
        Dimensions = 4096,
        Block = 1000;
    var (left, right) = (Normal(Frames * 300), Normal(300 * Dimensions));
    for (var i = 0; i < right.Length; i++)
    {
        right[i] *= MathF.Pow(1 + (i / Dimensions), -0.7f);
    }

    using var product = new OnnxMatrixProduct();
    var rows = Normal(Frames * Dimensions);
    var part = new float[Block * Dimensions];
    for (var start = 0; start < Frames; start += Block)
    {
        product.Multiply(left.AsSpan(start * 300, Block * 300), right, part, Block, 300, Dimensions);
        for (var i = 0; i < part.Length; i++)
        {
            rows[(start * Dimensions) + i] = part[i] + (0.1f * rows[(start * Dimensions) + i]);
        }
    }

    PcaBasis? basis = null;
    var clock = Stopwatch.StartNew();
    var gatherer = new PcaAccumulator(Dimensions, product);
    for (var start = 0; start < Frames; start += Block)
    {
        gatherer.Add(rows.AsSpan(start * Dimensions, Block * Dimensions));
    }

    var statistics = gatherer.Finish();
    var gathered = clock.Elapsed.TotalSeconds;
    basis = PcaBasis.From(statistics, product, 256);
    Console.WriteLine(
        $"| PCA 16,000 x 4096 to 256: statistics + basis, s | {gathered:0.0} + {clock.Elapsed.TotalSeconds - gathered:0.0} "
            + $"(variance kept {basis.VarianceKept:0.0000}) |"
    );
}

static float[] Normal(int count)
{
    var random = new Xoshiro256(7);
    var values = new float[count];
    for (var i = 0; i < count; i++)
    {
        values[i] = random.NextGaussian();
    }

    return values;
}

static double Seconds(Action work)
{
    var clock = Stopwatch.StartNew();
    work();
    return clock.Elapsed.TotalSeconds;
}
