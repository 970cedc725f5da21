using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Index;

namespace OrleansAtlas.Bench.Search;

/// <summary>A search over a million vectors of 256 numbers: time, memory, and how many of the ten nearest by exact float32 are
/// found.</summary>
internal static class VectorsBench
{
    private const int Count = 1_000_000;
    private const int Width = 256;
    private const int Block = 10_000;
    private const int Queries = 50;

    public static async Task<int> RunAsync(string report)
    {
        var text = new StringBuilder("| vectors | recall@10 | median | best | worst | resident |\n|---|---|---|---|---|---|\n");
        foreach (
            var (name, fill) in ((string, Action<int, float[]>)[])
                [("independent normal numbers", Normal), ("films: 2,000 scenes, frames a small step apart", Scenes)]
        )
        {
            text.Append(Run(name, fill));
        }

        var processor = File.ReadLines("/proc/cpuinfo")
            .First(line => line.StartsWith("model name", StringComparison.Ordinal))
            .Split(':')[1]
            .Trim();
        Console.WriteLine(text);
        await File.WriteAllTextAsync(
            report,
            $"# Vector search\n\nA million vectors of 256 numbers, {Queries} queries, the ten nearest each. {processor}, "
                + $"{Environment.ProcessorCount} cores, other work beside it. Made by `bench vectors`.\n\n{text}"
        );
        return 0;
    }

    private static string Run(string name, Action<int, float[]> fill)
    {
        var block = new float[Block * Width];
        var index = new VectorIndex(Count, Width, 1);
        var queries = new float[Queries][];
        for (var first = 0; first < Count; first += Block)
        {
            fill(first / Block, block);
            Clip.Unit(block, Width);
            index.Add(block);
        }

        fill(1_000_000, block);
        Clip.Unit(block, Width);
        for (var q = 0; q < Queries; q++)
        {
            queries[q] = block[(q * 199 * Width)..(((q * 199) + 1) * Width)];
        }

        var exact = Exact(queries, fill, block);
        GC.Collect();
        var resident = Process.GetCurrentProcess().WorkingSet64;
        _ = index.Search(queries[0], 10);
        var times = new List<double>();
        var hits = 0;
        for (var q = 0; q < Queries; q++)
        {
            var started = Stopwatch.GetTimestamp();
            var found = index.Search(queries[q], 10);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            hits += found.Count(neighbour => exact[q].Contains(neighbour.Row));
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {hits / (10.0 * Queries):0.000} | {times[Queries / 2]:0.0} ms | {times[0]:0.0} ms | {times[^1]:0.0} ms | "
                + $"{resident / 1e6:0} MB |\n"
        );
    }

    private static List<HashSet<int>> Exact(float[][] queries, Action<int, float[]> fill, float[] block)
    {
        var nearest = queries.Select(_ => new PriorityQueue<int, float>()).ToList();
        for (var first = 0; first < Count; first += Block)
        {
            fill(first / Block, block);
            Clip.Unit(block, Width);
            Parallel.For(
                0,
                queries.Length,
                q =>
                {
                    for (var row = 0; row < Block; row++)
                    {
                        var distance = System.Numerics.Tensors.TensorPrimitives.Distance(queries[q], block.AsSpan(row * Width, Width));
                        nearest[q].Enqueue(first + row, -distance);
                        if (nearest[q].Count > 10)
                        {
                            nearest[q].Dequeue();
                        }
                    }
                }
            );
        }

        return [.. nearest.Select(queue => queue.UnorderedItems.Select(item => item.Element).ToHashSet())];
    }

    private static void Normal(int number, float[] block) =>
        Parallel.For(
            0,
            100,
            part =>
            {
                var random = new Xoshiro256(((long)number * 100) + part);
                for (var i = part * block.Length / 100; i < (part + 1) * block.Length / 100; i++)
                {
                    block[i] = random.NextGaussian();
                }
            }
        );

    /// <summary>Runs of 500 frames, each a small step from the one before, around one of 2,000 scenes; components fall off as PCA's
    /// do.</summary>
    private static void Scenes(int number, float[] block) =>
        Parallel.For(
            0,
            Block / 500,
            run =>
            {
                var random = new Xoshiro256(((long)number * Block) + run + 7);
                var scene = new Xoshiro256(random.Next(2000));
                var at = new float[Width];
                for (var i = 0; i < Width; i++)
                {
                    at[i] = scene.NextGaussian() / MathF.Sqrt(1 + (i / 8f));
                }

                for (var frame = 0; frame < 500; frame++)
                {
                    for (var i = 0; i < Width; i++)
                    {
                        at[i] += 0.03f * random.NextGaussian() / MathF.Sqrt(1 + (i / 8f));
                        block[(((run * 500) + frame) * Width) + i] = at[i] + (0.05f * random.NextGaussian());
                    }
                }
            }
        );
}
