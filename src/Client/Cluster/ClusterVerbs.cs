using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Cluster;

/// <summary>The verbs of the cluster: <c>submit</c>, <c>watch</c>, <c>jobs</c>, <c>cancel</c>, and what <c>train</c> and <c>status</c>
/// do with <c>--cluster</c>.</summary>
internal static class ClusterVerbs
{
    public static IEnumerable<Command> Create() => [SubmitVerb.Create(), WatchVerb.Create(), JobsVerb.Create(), CancelVerb.Create()];

    /// <summary>Has a model fitted and follows it.</summary>
    /// <param name="call">Names the collection.</param>
    /// <param name="address">Of the cluster.</param>
    /// <param name="ask">What to ask for, given the collection's own numbers of training.</param>
    /// <param name="cancellationToken">Stops following; the cluster goes on.</param>
    public static async Task<int> TrainAsync(
        Invocation call,
        string address,
        Func<TrainingOptions, TrainRequest> ask,
        CancellationToken cancellationToken
    )
    {
        await using var cluster = await AtlasClusterClient.ConnectAsync(address, cancellationToken);
        var settings =
            await cluster.SettingsAsync(call.CollectionName(), cancellationToken)
            ?? throw new UsageException(Job.MissingCollection(call.CollectionName()));
        var receipt = await cluster.TrainAsync(call.CollectionName(), ask(settings.Training), cancellationToken);
        Accept(receipt);
        return await FollowAsync(call, cluster, receipt.Number, cancellationToken);
    }

    /// <summary>Says where a job is.</summary>
    public static async Task<int> StatusAsync(Invocation call, string address, CancellationToken cancellationToken)
    {
        await using var cluster = await AtlasClusterClient.ConnectAsync(address, cancellationToken);
        var status = await cluster.StatusAsync(call.CollectionName(), cancellationToken);
        call.Answer.Write(
            new
            {
                collection = call.CollectionName(),
                job = status.Job,
                progress = status.Progress,
            },
            writer =>
            {
                writer.WriteLine(
                    status.Job is { } job ? JobText.Of(job) : $"Collection '{call.CollectionName()}' has had no job in this cluster."
                );
                foreach (var step in status.Progress)
                {
                    var frames = step.Frames > 0 ? string.Create(CultureInfo.InvariantCulture, $", {step.Frames} frames") : "";
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.Step}: {step.Done} of {step.Total}{frames}"));
                }
            }
        );
        return ExitCode.Done;
    }

    /// <summary>Shows the progress of the job of one number to its end, also while it waits, and answers with what came out.</summary>
    public static async Task<int> FollowAsync(Invocation call, AtlasClusterClient cluster, int number, CancellationToken cancellationToken)
    {
        var name = call.CollectionName();
        var job = await ProgressLines.ShowAsync(async progress =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var maps = TellMapsAsync(cluster, name, progress, ended.Token);
            try
            {
                await foreach (var report in cluster.WatchAsync(name, number, cancellationToken))
                {
                    progress.Report(report);
                }
            }
            finally
            {
                // What keeps maps from being told keeps the job from being followed too, which says so.
                await ended.CancelAsync();
                await maps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            // The last job is whole; of those before it long lists are shortened.
            return (await cluster.StatusAsync(name, cancellationToken)).Job is { } last && last.Number == number
                ? last
                : (await cluster.JobsAsync(name, cancellationToken)).FirstOrDefault(job => job.Number == number);
        });
        if (job is null)
        {
            throw new UsageException($"Job {number} of collection '{name}' ended so long ago that it is not kept any more.");
        }

        foreach (var failed in job.Report?.Failed ?? [])
        {
            await Console.Error.WriteLineAsync($"failed: {failed.Sentence}");
        }

        call.Answer.Write(new { collection = job.Collection, job }, writer => writer.WriteLine(JobText.Of(job)));
        return job switch
        {
            { State: JobState.Cancelled } => ExitCode.Cancelled,
            { State: JobState.Done, Report.Failures: 0 } => ExitCode.Done,
            _ => ExitCode.SomeFailed,
        };
    }

    /// <summary>The job that a person names by its number.</summary>
    /// <exception cref="UsageException">There is none of that number, or none any more.</exception>
    public static async Task<Job> FindAsync(AtlasClusterClient cluster, string name, int number, CancellationToken cancellationToken)
    {
        var jobs = await cluster.JobsAsync(name, cancellationToken);
        return jobs.FirstOrDefault(job => job.Number == number)
            ?? throw new UsageException(
                jobs.Count == 0
                    ? $"There is no job {number} of collection '{name}', which has had no job in this cluster; give it one with: "
                        + $"atlas submit PATH -c {name}"
                    : $"There is no job {number} of collection '{name}', or it is not kept any more; those there are lists: "
                        + $"atlas jobs -c {name}"
            );
    }

    // The map that is there, and every one that is published meanwhile.
    private static async Task TellMapsAsync(
        AtlasClusterClient cluster,
        string name,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        await foreach (var map in cluster.WatchMapsAsync(name, null, cancellationToken))
        {
            progress.Report(new ProgressReport("map", 1, 1, map.Frames, $"The map is {map.Version} now: {map.Frames} frames."));
        }
    }

    /// <summary>Turns a refusal into one sentence.</summary>
    public static void Accept(JobReceipt receipt)
    {
        if (receipt.Acceptance == Acceptance.Refused)
        {
            throw new ClusterException(receipt.Reason!);
        }
    }

    /// <summary>The address that must be given.</summary>
    public static string Address(ParseResult result) =>
        ClusterOption.AddressOf(result)
        ?? throw new UsageException("No cluster is named; give its address with --cluster HOST:PORT or --cluster redis://HOST:PORT.");
}
