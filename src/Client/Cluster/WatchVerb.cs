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

    private static readonly Option<bool> Maps = new("--maps")
    {
        Description = "Say, until Ctrl-C, which map the collection has, and every new one as soon as it is published.",
    };

    public static Command Create()
    {
        var command = new Command("watch", "Follow a collection's job in a cluster to its end, or its maps.")
        {
            CommonOptions.Collection,
            ClusterOption.Cluster,
            Number,
            Maps,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var name = call.CollectionName();
        await using var cluster = await AtlasClusterClient.ConnectAsync(ClusterVerbs.Address(result), cancellationToken);
        if (result.GetValue(Maps))
        {
            return await WatchMapsAsync(call, cluster, cancellationToken);
        }

        if (result.GetValue(Number) is { } named)
        {
            await ClusterVerbs.FindAsync(cluster, name, named, cancellationToken);
        }

        var number =
            result.GetValue(Number)
            ?? (await cluster.StatusAsync(name, cancellationToken)).Job?.Number
            ?? throw new UsageException(
                $"Collection '{name}' has had no job in this cluster; give it one with: atlas submit PATH -c {name}"
            );
        return await ClusterVerbs.FollowAsync(call, cluster, number, cancellationToken);
    }

    private static async Task<int> WatchMapsAsync(Invocation call, AtlasClusterClient cluster, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var map in cluster.WatchMapsAsync(call.CollectionName(), null, cancellationToken))
            {
                call.Answer.Write(
                    map,
                    writer =>
                        writer.WriteLine(
                            $"Map {map.Version}: {map.Frames} frames, model {map.Model}.{(map.Note is { } note ? " " + note : "")}"
                        )
                );
                await Console.Out.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is how watching ends.
        }

        return ExitCode.Done;
    }
}
