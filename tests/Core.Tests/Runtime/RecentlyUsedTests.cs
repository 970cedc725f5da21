using OrleansAtlas.Runtime;

namespace OrleansAtlas.Tests.Runtime;

public sealed class RecentlyUsedTests
{
    private readonly RecentlyUsed<string, string> _values = new(3);
    private readonly List<string> _read = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_used_least_recently_goes()
    {
        foreach (var key in "abcadaba")
        {
            Assert.Equal($"value of {key}", await GetAsync($"{key}"));
        }

        Assert.Equal(["a", "b", "c", "d", "b"], _read);
    }

    [Fact]
    public async Task A_reading_that_failed_is_tried_again()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAsync<IOException>(() => _values.GetAsync("a", () => throw new IOException("no"), Cancel));
        await Assert.ThrowsAsync<IOException>(() => _values.GetAsync("a", () => Task.FromException<string>(new IOException("no")), Cancel));
        await Assert.ThrowsAsync<TaskCanceledException>(() => _values.GetAsync("a", () => Task.FromCanceled<string>(cancelled), Cancel));

        Assert.Equal("value of a", await GetAsync("a"));
    }

    [Fact]
    public async Task All_who_want_a_value_at_once_wait_for_one_reading_and_may_stop_waiting()
    {
        var (reading, readings) = (new TaskCompletionSource<string>(), 0);
        using var impatient = new CancellationTokenSource();
        var stopped = _values.GetAsync("a", Read, impatient.Token);
        var others = Enumerable.Range(0, 10).Select(_ => _values.GetAsync("a", Read, Cancel)).ToList();

        await impatient.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => stopped);
        reading.SetResult("read");

        Assert.All(await Task.WhenAll(others), value => Assert.Equal("read", value));
        Assert.Equal(1, readings);

        Task<string> Read()
        {
            Interlocked.Increment(ref readings);
            return reading.Task;
        }
    }

    private Task<string> GetAsync(string key) =>
        _values.GetAsync(
            key,
            () =>
            {
                _read.Add(key);
                return Task.FromResult($"value of {key}");
            },
            Cancel
        );
}
