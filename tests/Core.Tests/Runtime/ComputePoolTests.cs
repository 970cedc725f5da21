using OrleansAtlas.Runtime;

namespace OrleansAtlas.Tests.Runtime;

public sealed class ComputePoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_no_more_at_once_than_it_has_threads()
    {
        using var pool = new ComputePool(2);
        var (now, most) = (0, 0);
        var gate = new Lock();
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(_ =>
                    pool.RunAsync(
                        () =>
                        {
                            lock (gate)
                            {
                                most = Math.Max(most, ++now);
                            }

                            Thread.SpinWait(20_000);
                            lock (gate)
                            {
                                now--;
                            }
                        },
                        Token
                    )
                )
        );
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Gives_the_exception_to_whoever_asked_and_goes_on()
    {
        using var pool = new ComputePool(1);
        await Assert.ThrowsAsync<InvalidDataException>(() => pool.RunAsync<int>(() => throw new InvalidDataException(), Token));
        Assert.Equal(3, await pool.RunAsync(() => 3, Token));
    }

    [Fact]
    public async Task Does_not_start_what_was_cancelled_while_it_waited()
    {
        using var pool = new ComputePool(1);
        using var stop = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var first = pool.RunAsync(
            () =>
            {
                started.Set();
                go.Wait();
            },
            Token
        );
        started.Wait(Token);
        var ran = false;
        var second = pool.RunAsync(() => ran = true, stop.Token);
        await stop.CancelAsync();
        go.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(ran);
    }
}
