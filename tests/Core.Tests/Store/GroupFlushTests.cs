using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

public sealed class GroupFlushTests
{
    [Fact]
    public async Task Who_asks_while_a_flush_runs_shares_the_next_one()
    {
        var (count, begun, go) = (0, new SemaphoreSlim(0), new SemaphoreSlim(0));
        var flush = new GroupFlush(() =>
        {
            Interlocked.Increment(ref count);
            begun.Release();
            go.Wait(TestContext.Current.CancellationToken);
        });
        var first = flush.RunAsync();
        await begun.WaitAsync(TestContext.Current.CancellationToken);

        var others = Enumerable.Range(0, 100).Select(_ => flush.RunAsync()).ToList();
        go.Release(2);
        await first;
        await Task.WhenAll(others);

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task A_flush_that_fails_fails_for_those_who_waited_for_it_alone()
    {
        var fail = true;
        var flush = new GroupFlush(() =>
        {
            if (fail)
            {
                throw new IOException("The disk is gone.");
            }
        });

        await Assert.ThrowsAsync<IOException>(flush.RunAsync);
        fail = false;
        await flush.RunAsync();
    }
}
