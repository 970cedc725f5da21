using OrleansAtlas.Imaging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Indexing;

public sealed class SegmentWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_segment_that_fails_waits_for_the_descriptions_it_started()
    {
        using var gate = new ManualResetEventSlim();
        using var first = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        var network = new FakeNetwork(frame =>
        {
            if (frame == 0)
            {
                first.Set();
                return float.NaN;
            }

            second.Set();
            gate.Wait(Cancel);
            return 1;
        });
        using var collection = await TestCollection.MakeAsync(network);
        var writer = new SegmentWriter(
            collection.Context,
            collection.Context.Models.QueueFor(collection.Store.Settings),
            collection.Store.Settings
        );
        Assert.Null(await writer.AddAsync(new Frame(0, new RgbImage(160, 90)), Cancel));

        // Two lanes describe: the second frame must not overtake the first.
        first.Wait(Cancel);
        Assert.Null(await writer.AddAsync(new Frame(1, new RgbImage(160, 90)), Cancel));
        second.Wait(Cancel);
        var reason = await writer.FinishAsync(Cancel);

        // Asserted behind the gate: a test that fails before it would hang.
        var disposing = writer.DisposeAsync();
        var waits = !disposing.IsCompleted;
        gate.Set();
        await disposing;
        Assert.Contains("The frame at 0 s cannot be described", reason);
        Assert.True(waits);
        Assert.Equal(0, network.UnderWay);
    }

    [Fact]
    public async Task Descriptions_that_break_do_not_break_the_end()
    {
        using var collection = await TestCollection.MakeAsync(new FakeNetwork(_ => throw new InvalidOperationException("No network.")));
        var writer = new SegmentWriter(
            collection.Context,
            collection.Context.Models.QueueFor(collection.Store.Settings),
            collection.Store.Settings
        );
        await writer.AddAsync(new Frame(0, new RgbImage(160, 90)), Cancel);
        await writer.DisposeAsync();
        Assert.Equal(1, collection.Network.Begun);
    }
}
