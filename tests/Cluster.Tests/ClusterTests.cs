namespace OrleansAtlas.Tests;

/// <summary>Silos, a Redis server and the client as processes on this machine: what comes out is what one process makes, byte for
/// byte.</summary>
public sealed class ClusterTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_silos_make_the_same_bytes_as_one_process_and_tell_how_they_are()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);

        Assert.Contains("3 silos", await cluster.Silos[0].HealthAsync("ready"));
        Assert.Contains("\"model\"", await cluster.Silos[0].HealthAsync("startup"));
        Assert.Contains("healthy", await cluster.Silos[0].HealthAsync("live"));

        var job = await Atlas.JsonAsync(["submit", films.Folder, .. films.Arguments, "--watch", "--cluster", cluster.Address]);
        Assert.Equal("done", job.GetProperty("job").GetProperty("state").GetString());
        StoreBytes.AssertSame(films.Whole, cluster.Store);

        var status = await Atlas.JsonAsync("status", "-c", "films", "--cluster", cluster.Address);
        Assert.Equal(films.Count, status.GetProperty("job").GetProperty("report").GetProperty("films").GetInt32());

        Assert.Equal(0, await cluster.Silos[0].StopAsync());
    }

    [Fact]
    public async Task A_cancelled_job_goes_on_where_it_was()
    {
        await using var cluster = await ClusterOfProcesses.AtWorkAsync(_folder, 1, films);

        var cancelled = await Atlas.JsonAsync("cancel", "-c", "films", "--cluster", cluster.Address);
        Assert.Equal("cancelled", cancelled.GetProperty("job").GetProperty("state").GetString());
        Assert.Equal(130, (await Atlas.RunAsync("watch", "-c", "films", "--cluster", cluster.Address)).ExitCode);

        await cluster.SubmitAsync(films);
        await cluster.WatchAsync();
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task Without_a_cluster_the_client_ends_with_3_and_one_sentence()
    {
        var run = await Atlas.RunAsync(["submit", films.Folder, .. films.Arguments, "--cluster", $"127.0.0.1:{Ports.Free()}"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("No cluster answers", run.Error);
        Assert.DoesNotContain(" at Orleans", run.Error);
    }
}
