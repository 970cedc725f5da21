using System.CommandLine;
using OrleansAtlas.ClusterClient;

namespace OrleansAtlas.Client.Cluster;

/// <summary><c>atlas cancel</c>: ends a job.</summary>
internal static class CancelVerb
{
    private static readonly Option<int?> Number = new("--job")
    {
        Description = "The job's number, as atlas jobs tells it; it may wait still. Default: the one at work",
        HelpName = "N",
    };

    public static Command Create()
    {
        var command = new Command("cancel", "End a collection's job in a cluster; what was done is kept, and the next that waits begins.")
        {
            CommonOptions.Collection,
            ClusterOption.Cluster,
            Number,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (call, wanted) = (new Invocation(result), result.GetValue(Number));
        var name = call.CollectionName();
        await using var cluster = await AtlasClusterClient.ConnectAsync(ClusterVerbs.Address(result), cancellationToken);
        if (wanted is { } named)
        {
            await ClusterVerbs.FindAsync(cluster, name, named, cancellationToken);
        }

        if ((wanted ?? (await cluster.StatusAsync(name, cancellationToken)).Job?.Number) is { } number)
        {
            await cluster.CancelAsync(name, number, cancellationToken);
            wanted = number;
        }

        var job = (await cluster.JobsAsync(name, cancellationToken)).FirstOrDefault(job => job.Number == wanted);
        call.Answer.Write(
            new { collection = name, job },
            writer => writer.WriteLine(job is not null ? JobText.Of(job) : "There was nothing to end.")
        );
        return ExitCode.Done;
    }
}
