namespace OrleansAtlas.Tests;

/// <summary>Silos whose Redis server goes away.</summary>
public sealed class RedisTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Redis_restarted_under_load_changes_nothing()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 2, films);
        await cluster.Redis.RestartAsync(TimeSpan.FromSeconds(3));

        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task A_silo_without_Redis_ends_in_time_with_an_error_and_its_own_exit_code()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 1, graceSeconds: 0);
        await cluster.Redis.EndAsync();

        Assert.Equal(4, await cluster.Silos[0].StopAsync());
        Assert.Contains("did not leave the cluster", cluster.Said);
    }
}
