namespace OrleansAtlas.Tests;

/// <summary>Whatever goes away while a job is at work, nothing is lost but the segments in hand.</summary>
public sealed class LossTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_silos_of_which_one_is_killed_make_the_same_bytes_as_one_process()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 3, films);
        var victim = await cluster.BusySiloAsync();
        await victim.KillAsync();
        Assert.InRange(ClusterOfProcesses.SegmentsIn(cluster.Store), 1, films.Segments - 1);

        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
        Assert.Contains("2 silos", await cluster.Silos.First(silo => silo != victim).HealthAsync("ready"));
    }

    [Fact]
    public async Task All_silos_and_the_client_killed_at_once_lose_only_what_they_had_in_hand()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2);
        using (var client = Atlas.Start(["submit", films.Folder, .. films.Arguments, "--watch", "--cluster", cluster.Address]))
        {
            await cluster.BegunAsync();
            client.Kill();
            await client.WaitForExitAsync();
        }

        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
        Assert.InRange(ClusterOfProcesses.SegmentsIn(cluster.Store), 1, films.Segments - 1);
        foreach (var silo in cluster.Silos.ToList())
        {
            await cluster.ReplaceAsync(silo, wait: false);
        }

        await Task.WhenAll(cluster.Silos.Select(silo => silo.ReadyAsync()));
        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task Pods_find_one_another_by_what_Kubernetes_tells_them_and_a_rolling_restart_changes_nothing()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 2, films, "Kubernetes");
        Assert.Contains("2 silos", await cluster.Silos[1].HealthAsync("ready"));
        foreach (var silo in cluster.Silos.ToList())
        {
            Assert.Equal(0, await silo.StopAsync());
            await cluster.ReplaceAsync(silo, wait: true);
        }

        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }
}
