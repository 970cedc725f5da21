namespace OrleansAtlas.Tests;

/// <summary>Whatever goes away while a job is at work, nothing is lost but the segments in hand.</summary>
public sealed class LossTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_silo_killed_during_the_run_and_a_client_that_dies_change_nothing()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);
        using (var client = Atlas.Start(["submit", films.Folder, .. films.Wish, "--watch", "--cluster", cluster.Address]))
        {
            await cluster.BegunAsync();
            client.Kill();
            await client.WaitForExitAsync();
        }

        await cluster.Silos[1].KillAsync();
        await cluster.ReplaceAsync(cluster.Silos[1], wait: false);

        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task All_silos_killed_at_once_lose_only_what_they_had_in_hand()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 2, films);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
        foreach (var silo in cluster.Silos.ToList())
        {
            await cluster.ReplaceAsync(silo, wait: false);
        }

        await Task.WhenAll(cluster.Silos.Select(silo => silo.ReadyAsync()));
        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task A_rolling_restart_changes_nothing()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 2, films);
        foreach (var silo in cluster.Silos.ToList())
        {
            Assert.Equal(0, await silo.StopAsync());
            await cluster.ReplaceAsync(silo, wait: true);
        }

        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }
}
