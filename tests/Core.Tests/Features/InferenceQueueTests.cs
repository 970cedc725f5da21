using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Features;

public sealed class InferenceQueueTests
{
    private static readonly Ledger Ledger = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_could_not_be_opened_is_opened_for_the_next_who_asks()
    {
        var busy = true;
        using var queue = new InferenceQueue(() => busy ? throw new ModelException("The GPU is busy.") : new Doubling(), Ledger);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Equal("The GPU is busy.", (await Assert.ThrowsAsync<ModelException>(() => DescribeAsync(queue, 1))).Message);
            Assert.Equal("The GPU is busy.", Assert.Throws<ModelException>(() => queue.RequestsAtOnce).Message);
        }

        busy = false;
        Assert.Equal(6, await DescribeAsync(queue, 3));
    }

    [Fact]
    public async Task A_model_is_opened_once_however_many_ask_at_once()
    {
        var opened = 0;
        using var together = new Barrier(4);
        using var queue = new InferenceQueue(
            () =>
            {
                Interlocked.Increment(ref opened);
                return new Doubling();
            },
            Ledger
        );
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n =>
                    Task.Run(
                        () =>
                        {
                            together.SignalAndWait(Cancel);
                            return DescribeAsync(queue, (byte)n);
                        },
                        Cancel
                    )
                )
        );
        Assert.Equal([0, 2, 4, 6], answers);
        Assert.Equal(1, opened);
    }

    [Fact]
    public void What_is_closed_opens_nothing_any_more()
    {
        var queue = new InferenceQueue(() => new Doubling(), Ledger);
        queue.Dispose();
        Assert.Throws<ObjectDisposedException>(() => queue.Extractor);
    }

    [Fact]
    public async Task Models_that_were_asked_for_are_opened_as_soon_as_they_can_be()
    {
        var missing = "two";
        using var queues = new InferenceQueues(
            settings => () => settings.Model.Name == missing ? throw new ModelException($"{missing} is not there.") : new Doubling(),
            Ledger
        );
        queues.Open();
        var (one, two) = (queues.For(Collection("one")), queues.For(Collection("two")));
        Assert.Same(one, queues.For(Collection("one")));
        Assert.NotSame(one, two);

        Assert.Equal("two is not there.", Assert.Throws<ModelException>(queues.Open).Message);
        Assert.Equal(2, await DescribeAsync(one, 1));
        missing = null;
        queues.Open();
        Assert.Equal(2, await DescribeAsync(two, 1));
    }

    [Fact]
    public async Task Lanes_of_GPUs_take_requests_of_all_together_and_lose_none()
    {
        var sizes = new System.Collections.Concurrent.ConcurrentBag<int>();
        using var queue = new InferenceQueue(() => new Doubling("cuda", 16, sizes), Ledger);
        Assert.Equal(4, queue.RequestsAtOnce);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => DescribeAsync(queue, (byte)n)));
        Assert.Equal(Enumerable.Range(0, 200).Select(n => 2f * n), answers);
        Assert.Equal(200, sizes.Sum());
        Assert.InRange(sizes.Max(), 2, 16);
    }

    private static async Task<float> DescribeAsync(InferenceQueue queue, byte value)
    {
        var descriptor = new float[1];
        var square = new byte[16 * 16 * 3];
        square[0] = value;
        await queue.DescribeAsync(square, 1, descriptor, Cancel);
        return descriptor[0];
    }

    private static CollectionSettings Collection(string model) =>
        new()
        {
            Name = "films",
            Sampling = new Sampling { FramesPerSecond = 1 },
            Training = new TrainingOptions(),
            Model = new ModelPin(model, model, 16, 2),
            Profile = new Profile("none", "none", "none", "cpu", "float32"),
        };

    /// <summary>Twice the first byte of a square.</summary>
    private sealed class Doubling(string provider = "cpu", int batch = 2, System.Collections.Concurrent.ConcurrentBag<int>? sizes = null)
        : IFeatureExtractor
    {
        public ModelCard Card { get; } =
            new()
            {
                Name = "doubling",
                InputSize = 16,
                Dimensions = 1,
                Licence = "none",
            };

        public string Provider => provider;

        public string Runtime => "none";

        public int BatchSize => batch;

        public int Lanes => 2;

        public void Describe(ReadOnlySpan<byte> squares, int count, Span<float> descriptors)
        {
            sizes?.Add(count);
            for (var i = 0; i < count; i++)
            {
                descriptors[i] = 2 * squares[i * 16 * 16 * 3];
            }
        }

        public void Dispose() { }
    }
}
