using System.Diagnostics;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Torch;

namespace OrleansAtlas.Bench;

/// <summary>The managed trainer beside libtorch: steps of the article's network and losses over batches of several sizes, taken in
/// turns.</summary>
internal static class Trainers
{
    private const int Inputs = 256,
        Rounds = 3,
        TripletsARound = 65_536;

    public static void Compare()
    {
        if (LibTorch.Find() is not LibTorchLookup.Found found)
        {
            Console.WriteLine(((LibTorchLookup.Missing)LibTorch.Find()).Reason);
            return;
        }

        Console.WriteLine($"libtorch on {(found.Cuda ? "CUDA" : "the CPU")}, {Environment.ProcessorCount} cores");
        Console.WriteLine("| triplets a batch | managed, triplets a processor second | libtorch | managed, by the clock | libtorch |");
        Console.WriteLine("|--:|--:|--:|--:|--:|");
        foreach (var batch in (int[])[256, 1024, 8192, 65_536])
        {
            var (managed, other) = (new Speed(0, 0), new Speed(0, 0));
            for (var round = 0; round < Rounds; round++)
            {
                managed = managed.Best(Measure(batch, start => new ManagedSteps(start)));
                other = other.Best(Measure(batch, start => TorchTrainer.Steps(start, found)));
            }

            Console.WriteLine($"| {batch:N0} | {managed.Processor:N0} | {other.Processor:N0} | {managed.Clock:N0} | {other.Clock:N0} |");
        }
    }

    private static Speed Measure(int batch, Func<TrainingStart, ITrainingSteps> open)
    {
        var random = new Xoshiro256(1);
        var rows = new float[Math.Max(8192, batch) * Inputs];
        foreach (ref var value in rows.AsSpan())
        {
            value = random.NextGaussian();
        }

        var network = new AutoencoderNetwork(new NetworkShape(Inputs));
        network.Initialise(random);
        var options = TrainingOptions.Of(TrainingOptions.Article);
        using var steps = open(new TrainingStart(network, rows, [], options, new InputNoise(0, random), batch));
        var indices = new int[3 * batch];
        void Step()
        {
            foreach (ref var index in indices.AsSpan())
            {
                index = random.Next(rows.Length / Inputs);
            }

            steps.Step(indices, batch, 1e-3f);
        }

        Step();
        Step();
        var count = Math.Max(2, TripletsARound / batch);
        using var process = Process.GetCurrentProcess();
        var (before, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        for (var step = 0; step < count; step++)
        {
            Step();
        }

        process.Refresh();
        double triplets = count * batch;
        return new Speed(triplets / (process.TotalProcessorTime - before).TotalSeconds, triplets / clock.Elapsed.TotalSeconds);
    }

    /// <summary>Triplets a second, of a processor and by the clock.</summary>
    private sealed record Speed(double Processor, double Clock)
    {
        public Speed Best(Speed other) => new(Math.Max(Processor, other.Processor), Math.Max(Clock, other.Clock));
    }
}
