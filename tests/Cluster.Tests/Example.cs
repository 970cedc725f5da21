using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>The program of docs/cluster.md.</summary>
internal static class Example
{
    public static async Task RunAsync(string address, string folder, TextWriter output)
    {
        await using var cluster = await AtlasClusterClient.ConnectAsync(address);
        var films = new IndexRequest { Paths = [folder] };
        var request = new CollectionRequest { Sampling = new Sampling { FramesPerSecond = 3 } };
        var receipt = await cluster.SubmitAsync("films", new Submission(films, request));
        await output.WriteLineAsync($"{receipt.Acceptance} {receipt.Reason}");
        await foreach (var report in cluster.WatchAsync("films"))
        {
            await output.WriteLineAsync($"{report.Step}: {report.Done} of {report.Total}");
        }

        var job = (await cluster.StatusAsync("films")).Job!;
        await output.WriteLineAsync($"{job.State}: {job.Report?.Films} films, {job.Report?.Frames} frames");
    }
}
