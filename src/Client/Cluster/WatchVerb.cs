using System.CommandLine;
using OrleansAtlas.ClusterClient;

namespace OrleansAtlas.Client.Cluster;

/// <summary><c>atlas watch</c>: follows a job to its end.</summary>
internal static class WatchVerb
{
    private static readonly Option<int?> Number = new("--job")
    {
        Description = "The job's number, as atlas jobs tells it. Default: the one at work, or the last one",
        HelpName = "N",
    };

    public static Command Create()
    {
        var command = new Command("watch", "Follow a collection's job in a cluster to its end.")
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
        var call = new Invocation(result);
        var name = call.CollectionName();
        await using var cluster = await AtlasClusterClient.ConnectAsync(ClusterVerbs.Address(result), cancellationToken);
        var number =
            result.GetValue(Number)
            ?? (await cluster.StatusAsync(name, cancellationToken)).Job?.Number
            ?? throw new UsageException(
                $"Collection '{name}' has had no job in this cluster; give it one with: atlas submit PATH -c {name}"
            );
        return await ClusterVerbs.FollowAsync(call, cluster, number, cancellationToken);
    }
}
