using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Client.Cluster;

/// <summary><c>atlas jobs</c>: what jobs a cluster has, and had lately, and what each did.</summary>
internal static class JobsVerb
{
    private static readonly Option<string?> Collection = new("--collection", "-c")
    {
        Description = "Jobs of this collection alone.",
        HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new Command("jobs", "Jobs of a cluster at work, waiting and ended, and what each did.")
        {
            Collection,
            ClusterOption.Cluster,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        await using var cluster = await AtlasClusterClient.ConnectAsync(ClusterVerbs.Address(result), cancellationToken);
        var jobs = await cluster.JobsAsync(result.GetValue(Collection), cancellationToken);
        call.Answer.Write(new { jobs }, writer => Write(writer, jobs));
        return ExitCode.Done;
    }

    private static void Write(TextWriter writer, IReadOnlyList<Job> jobs)
    {
        if (jobs.Count == 0)
        {
            writer.WriteLine("There has been no job.");
            return;
        }

        Answer.Table(
            writer,
            ["collection", "job", "state", "began", "took", "by", "asked for", "did"],
            jobs.Select(job =>
                (IReadOnlyList<string>)
                    [
                        job.Collection,
                        job.Number.ToString(CultureInfo.InvariantCulture),
                        job.State.ToString().ToLowerInvariant(),
                        job.State == JobState.Queued ? $"waits, asked {Time(job.Started)}" : Time(job.Started),
                        job.Ended > job.Started ? (job.Ended - job.Started).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) : "-",
                        job.By ?? "-",
                        JobText.Asked(job),
                        JobText.Did(job),
                    ]
            )
        );
    }

    private static string Time(DateTime utc) => utc == default ? "-" : utc.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
