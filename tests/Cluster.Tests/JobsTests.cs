using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The line of every night, beside another job.</summary>
public sealed class JobsTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_submission_beside_a_training_waits_follows_its_own_job_and_outlives_all_silos()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 1);
        cluster.Hold(true);
        await cluster.SubmitAsync(films);
        using var training = Atlas.Start("train", "-c", "films", "--seed", "5", "--epochs", "2", "--cluster", cluster.Address);
        await WaitingAsync(cluster, 1);
        string[] part = [Path.Combine(films.Folder, "a"), .. films.Arguments, "--cluster", cluster.Address];
        using var other = Atlas.Start(["submit", .. part, "--watch"]);
        await WaitingAsync(cluster, 2);
        var waiting = await Atlas.RunAsync("jobs", "--cluster", cluster.Address);
        Assert.Equal(2, waiting.Output.Split("waits, asked 20").Length - 1);
        var none = await Atlas.RunAsync("watch", "-c", "films", "--job", "99", "--cluster", cluster.Address);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("There is no job 99 of collection 'films'", none.Error, StringComparison.Ordinal);
        Assert.Contains("atlas jobs -c films", none.Error, StringComparison.Ordinal);
        Assert.Equal(("joined", 1), await SubmitAsync([films.Folder, .. films.Arguments, "--cluster", cluster.Address]));
        Assert.Equal(("joined", 3), await SubmitAsync(part));

        await cluster.Silos[0].KillAsync();
        cluster.Hold(false);
        await cluster.ReplaceAsync(cluster.Silos[0], wait: true);

        foreach (var (process, text) in new[] { (training, "Map "), (other, "2 films") })
        {
            var run = await AtlasRun.EndOfAsync(process);
            Assert.True(run.ExitCode == 0, $"{run.Error}{run.Output}\n{cluster.Said}");
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        }

        var jobs = await ListAsync(cluster);
        Assert.Equal([1, 2, 3], jobs.Select(job => job.GetProperty("number").GetInt32()));
        Assert.All(jobs, job => Assert.Equal("done", job.GetProperty("state").GetString()));
        Assert.All(jobs, job => Assert.Contains("@", job.GetProperty("by").GetString(), StringComparison.Ordinal));
        var changes = jobs[0].GetProperty("report").GetProperty("changes");
        Assert.Equal(0, changes.GetProperty("gone").GetInt32());
        var table = await Atlas.RunAsync("jobs", "--cluster", cluster.Address);
        Assert.Equal(4, table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<(string?, int)> SubmitAsync(string[] arguments)
    {
        var answer = await Atlas.JsonAsync(["submit", .. arguments]);
        return (answer.GetProperty("acceptance").GetString(), answer.GetProperty("job").GetInt32());
    }

    private static async Task WaitingAsync(ClusterOfProcesses cluster, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await ListAsync(cluster)).Count(job => job.GetProperty("state").GetString() == "queued") < count)
        {
            await Task.Delay(200, limit.Token);
        }
    }

    private static async Task<List<JsonElement>> ListAsync(ClusterOfProcesses cluster) =>
        [.. (await Atlas.JsonAsync("jobs", "-c", "films", "--cluster", cluster.Address)).GetProperty("jobs").EnumerateArray()];
}
