using System.Diagnostics;
using System.Globalization;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;

namespace OrleansAtlas.Bench;

/// <summary>Many films and segments through two silos, with almost no work in a segment: whether all are tracked to the end, and
/// what memory they take meanwhile.</summary>
internal static class SizeBench
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int films, int segments)
    {
        await using var set = await SiloSet.StartAsync(2, 16, 1, films, segments);
        var clock = Stopwatch.StartNew();
        await set.Collection.SubmitAsync(set.Library.Submission, CancellationToken.None);
        Console.WriteLine("| seconds | segments | segments/s | resident MB | managed MB | CPU ms a segment |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        var before = await set.SampleAsync();
        var (first, shown, beforeSeconds) = (before, 0L, 0.0);
        Job? job;
        do
        {
            await Task.Delay(Between);
            job = await JobStore.ReadAsync(set.Store, "films", CancellationToken.None);
            var (now, seconds) = (await set.SampleAsync(), clock.Elapsed.TotalSeconds);
            if (now.Ended - shown >= (long)films * segments / 12 || job!.State != JobState.Running)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {seconds:0} | {now.Ended} | {(now.Ended - before.Ended) / (seconds - beforeSeconds):0} | "
                            + $"{now.Resident / 1e6:0} | {now.Managed / 1e6:0} | "
                            + $"{(double)(now.CpuMilliseconds - first.CpuMilliseconds) / Math.Max(1, now.Ended - first.Ended):0.00} |"
                    )
                );
                (shown, before, beforeSeconds) = (now.Ended, now, seconds);
            }
        } while (job!.State == JobState.Running);

        Console.WriteLine(
            $"{job.State}: {job.Report?.Films} films, {job.Report?.Failures} failures{(job.Reason is null ? "" : ", " + job.Reason)}"
        );
        return job is { State: JobState.Done, Report.Failures: 0 } && job.Report.Films == films ? 0 : 1;
    }
}
