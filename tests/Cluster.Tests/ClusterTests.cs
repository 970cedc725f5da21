namespace OrleansAtlas.Tests;

/// <summary>Silos, a Redis server and the client as processes on this machine: whatever goes away, what comes out is what one
/// process makes, byte for byte.</summary>
public sealed class ClusterTests(Films films) : IClassFixture<Films>, IDisposable
{
    private const int MostKills = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_silos_make_the_same_bytes_as_one_process_and_tell_how_they_are()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);

        Assert.Contains("3 silos", await cluster.Silos[0].HealthAsync("ready"));
        Assert.Contains("\"model\"", await cluster.Silos[0].HealthAsync("startup"));
        Assert.Contains("healthy", await cluster.Silos[0].HealthAsync("live"));

        var job = await Atlas.JsonAsync(["submit", films.Folder, .. films.Wish, "--watch", "--cluster", cluster.Address]);
        Assert.Equal("done", job.GetProperty("job").GetProperty("state").GetString());
        StoreBytes.AssertSame(films.Whole, cluster.Store);

        var status = await Atlas.JsonAsync("status", "-c", "films", "--cluster", cluster.Address);
        Assert.Equal(5, status.GetProperty("job").GetProperty("report").GetProperty("films").GetInt32());

        Assert.Equal(0, await cluster.Silos[0].StopAsync());
    }

    [Fact]
    public async Task Pods_find_one_another_by_what_Kubernetes_tells_them()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2, "Kubernetes");

        Assert.Contains("2 silos", await cluster.Silos[1].HealthAsync("ready"));
    }

    [Fact]
    public async Task A_silo_killed_during_the_run_and_a_client_that_dies_change_nothing()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);
        using (var client = Atlas.Start(["submit", films.Folder, .. films.Wish, "--watch", "--cluster", cluster.Address]))
        {
            await BegunAsync(cluster);
            client.Kill();
            await client.WaitForExitAsync();
        }

        await cluster.Silos[1].KillAsync();
        await cluster.ReplaceAsync(cluster.Silos[1], wait: false);

        await WatchAsync(cluster);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task All_silos_killed_at_once_lose_only_what_they_had_in_hand()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2);
        await SubmitAsync(cluster);
        await BegunAsync(cluster);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
        foreach (var silo in cluster.Silos.ToList())
        {
            await cluster.ReplaceAsync(silo, wait: false);
        }

        await Task.WhenAll(cluster.Silos.Select(silo => silo.ReadyAsync()));
        await WatchAsync(cluster);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task A_rolling_restart_changes_nothing()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2);
        await SubmitAsync(cluster);
        await BegunAsync(cluster);
        foreach (var silo in cluster.Silos.ToList())
        {
            Assert.Equal(0, await silo.StopAsync());
            await cluster.ReplaceAsync(silo, wait: true);
        }

        await WatchAsync(cluster);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task A_silo_ends_in_time_also_without_Redis()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 1, graceSeconds: 0);
        await cluster.Redis.EndAsync();

        Assert.Equal(0, await cluster.Silos[0].StopAsync());
    }

    [Fact]
    public async Task Redis_restarted_under_load_changes_nothing()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2);
        await SubmitAsync(cluster);
        await BegunAsync(cluster);
        await cluster.Redis.RestartAsync(TimeSpan.FromSeconds(3));

        await WatchAsync(cluster);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task A_cancelled_job_goes_on_where_it_was()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 1);
        await SubmitAsync(cluster);
        await BegunAsync(cluster);

        var cancelled = await Atlas.JsonAsync("cancel", "-c", "films", "--cluster", cluster.Address);
        Assert.Equal("cancelled", cancelled.GetProperty("job").GetProperty("state").GetString());
        Assert.Equal(130, (await Atlas.RunAsync("watch", "-c", "films", "--cluster", cluster.Address)).ExitCode);

        await SubmitAsync(cluster);
        await WatchAsync(cluster);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task Without_a_cluster_the_client_ends_with_3_and_one_sentence()
    {
        var run = await Atlas.RunAsync(["submit", films.Folder, .. films.Wish, "--cluster", $"127.0.0.1:{Ports.Free()}"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("No cluster answers", run.Error);
        Assert.DoesNotContain(" at Orleans", run.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [Trait("Category", "Long")]
    public async Task Silos_killed_every_few_seconds_change_nothing(int seed)
    {
        LongTests.Require();
        var (random, kills) = (new Random(seed), 0);
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);
        await SubmitAsync(cluster);
        var ended = WatchAsync(cluster);
        while (kills < MostKills && await Task.WhenAny(ended, Task.Delay(random.Next(2000, 6000))) != ended)
        {
            // Two may be away at a time, not all three: starting takes longer than this where the machine is busy.
            var (victim, other) = (cluster.Silos[random.Next(3)], cluster.Silos[random.Next(3)]);
            await (other == victim ? cluster.Silos[(cluster.Silos.IndexOf(victim) + 1) % 3] : other).ReadyAsync();
            await victim.KillAsync();
            await cluster.ReplaceAsync(victim, wait: false);
            kills++;
        }

        await ended;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} silos were killed.");
        Assert.True(kills > 0, "The run ended before a silo could be killed.");
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    private async Task SubmitAsync(ClusterOfProcesses cluster) => await Atlas.JsonAsync(["submit", films.Folder, .. films.Wish, "--cluster", cluster.Address]);

    private static async Task WatchAsync(ClusterOfProcesses cluster)
    {
        var run = await Atlas.RunAsync("watch", "-c", "films", "--cluster", cluster.Address);
        Assert.True(run.ExitCode == 0, $"atlas watch ended with {run.ExitCode}: {run.Error}{run.Output}\n{cluster.Said}");
    }

    // The first pictures are there: segments are being worked on.
    private static async Task BegunAsync(ClusterOfProcesses cluster)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!Directory.Exists(cluster.Store) || !Directory.EnumerateFiles(cluster.Store, "features-*", SearchOption.AllDirectories).Any())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
