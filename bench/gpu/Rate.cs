using System.Diagnostics;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx;

namespace OrleansAtlas.Bench;

/// <summary>Counts images for some seconds.</summary>
internal static class Rate
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Counted = TimeSpan.FromSeconds(8);

    /// <summary>Images a second of threads that each do one batch after the other.</summary>
    public static double Of(int threads, int batch, Func<Action> worker)
    {
        var (images, clock) = (0L, Stopwatch.StartNew());
        var running = Enumerable
            .Range(0, threads)
            .Select(_ => new Thread(() =>
            {
                var work = worker();
                while (clock.Elapsed < Warm + Counted)
                {
                    work();
                    if (clock.Elapsed > Warm)
                    {
                        Interlocked.Add(ref images, batch);
                    }
                }
            }))
            .ToList();
        running.ForEach(thread => thread.Start());
        running.ForEach(thread => thread.Join());
        return images / (clock.Elapsed - Warm).TotalSeconds;
    }

    /// <summary>A thread's batches of the extractor.</summary>
    public static Action Describing(OnnxFeatureExtractor extractor)
    {
        var squares = new byte[extractor.BatchSize * extractor.Card.InputSize * extractor.Card.InputSize * 3];
        var numbers = new float[extractor.BatchSize * extractor.Card.Dimensions];
        return () => extractor.Describe(squares, extractor.BatchSize, numbers);
    }

    /// <summary>Images a second of the queue, asked as segments of several films ask it.</summary>
    public static async Task<double> OfQueueAsync(InferenceQueue queue)
    {
        var extractor = queue.Extractor;
        var count = queue.FramesPerRequest * Descriptor.SquaresPerFrame;
        var squares = new byte[count * extractor.Card.InputSize * extractor.Card.InputSize * 3];
        var (images, clock) = (0L, Stopwatch.StartNew());
        await Task.WhenAll(
            Enumerable
                .Range(0, queue.RequestsAtOnce * (Environment.ProcessorCount + 1))
                .Select(async _ =>
                {
                    var numbers = new float[count * extractor.Card.Dimensions];
                    while (clock.Elapsed < Warm + Counted)
                    {
                        await queue.DescribeAsync(squares, count, numbers, CancellationToken.None);
                        if (clock.Elapsed > Warm)
                        {
                            Interlocked.Add(ref images, count);
                        }
                    }
                })
        );
        return images / (clock.Elapsed - Warm).TotalSeconds;
    }
}
