using System.Text.RegularExpressions;
using OrleansAtlas.Tests.Running;

namespace OrleansAtlas.Tests;

/// <summary>What the chart makes, run on this machine: that it starts is told by the probes, which the fixture asks.</summary>
public sealed partial class RunningTests(LocalCluster cluster)
{
    [Fact]
    public async Task The_nightly_job_indexes_and_the_second_night_has_nothing_to_do()
    {
        await cluster.StartAsync();

        var first = await cluster.RunAsync("nightly");
        Assert.True(first.ExitCode == 0, first.Error + first.Output);
        Assert.Contains("Map ", first.Output);

        var second = await cluster.RunAsync("nightly");
        Assert.True(second.ExitCode == 0, second.Error + second.Output);
        Assert.Contains("as before", second.Output);
    }

    [Fact]
    public async Task The_nightly_job_does_not_fail_because_somebody_trains()
    {
        await cluster.StartAsync();
        Assert.Equal(0, (await cluster.RunAsync("nightly")).ExitCode);

        var training = cluster.AtlasAsync("train", "-c", "films", "--seed", "7");
        var nightly = await cluster.RunAsync("nightly");
        Assert.True(nightly.ExitCode == 0, nightly.Error + nightly.Output);
        var trained = await training;
        Assert.True(trained.ExitCode == 0, trained.Error + trained.Output);
    }

    [Fact]
    public async Task What_helm_test_runs_ends_well()
    {
        await cluster.StartAsync();

        var status = await cluster.RunAsync("test");
        Assert.True(status.ExitCode == 0, status.Error + status.Output);

        var page = cluster.Container("test", 1);
        var web = await cluster.CommandAsync(page, ("WEB_HOST", "127.0.0.1"), ("WEB_PORT", $"{cluster.WebPort}"));
        Assert.True(web.ExitCode == 0, web.Error + web.Output);
        Assert.Contains("the web map says 200", web.Output);
        Assert.NotEqual(0, (await cluster.CommandAsync(page, ("WEB_HOST", "127.0.0.1"), ("WEB_PORT", $"{Ports.Free()}"))).ExitCode);
    }

    [Fact]
    public async Task Shares_without_a_cluster_and_the_map_after_them_end_well()
    {
        await cluster.StartAsync();
        using var folder = new TemporaryFolder();
        var store = ("ATLAS_STORE", folder["store"]);

        foreach (var share in new[] { "0", "1" })
        {
            var run = await cluster.RunAsync("split", store, ("SHARE", share));
            Assert.True(run.ExitCode == 0, run.Error + run.Output);
        }

        var map = await cluster.RunAsync("split-map", store);
        Assert.True(map.ExitCode == 0, map.Error + map.Output);
        Assert.Contains("Map ", map.Output);
    }

    [Fact]
    public async Task Metrics_that_operations_watch_are_there_once_there_was_work()
    {
        await cluster.StartAsync();
        Assert.Equal(0, (await cluster.RunAsync("nightly")).ExitCode);
        using var http = new HttpClient();
        var texts = await Task.WhenAll(
            cluster.MetricsPorts.Select(port => http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")))
        );
        var page = await File.ReadAllTextAsync(
            Path.Combine(TestFiles.Repository, "docs/operations.md"),
            TestContext.Current.CancellationToken
        );
        var watched = Metric().Matches(page).Select(match => match.Value).Distinct().ToList();

        Assert.True(watched.Count >= 5, string.Join(", ", watched));
        Assert.All(watched, name => Assert.Contains(texts, text => text.Contains(name, StringComparison.Ordinal)));
        Assert.Contains("http_server_request_duration", texts[^1]);
    }

    [Fact]
    public async Task No_command_line_and_no_log_has_the_password()
    {
        await cluster.StartAsync();

        Assert.All(cluster.Processes, process => Assert.DoesNotContain(LocalCluster.Password, process.CommandLine + process.Said));
    }

    [GeneratedRegex(@"\batlas_[a-z_]+")]
    private static partial Regex Metric();
}
