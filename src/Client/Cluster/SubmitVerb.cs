using System.CommandLine;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Cluster;

/// <summary><c>atlas submit</c>: what <c>index</c> does, done by a cluster.</summary>
internal static class SubmitVerb
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Films, photos and folders of them, which all silos see under the same paths.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "A model that the silos have. Default: the first of theirs",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Watch = new("--watch") { Description = "Follow the job to its end, as atlas watch does." };

    public static Command Create()
    {
        var command = new Command("submit", "Have a cluster make a map of films and photos, or add them to one.")
        {
            Paths,
            CommonOptions.Collection,
            ClusterOption.Cluster,
        };
        CollectionFlags.AddTo(command, Model);
        command.Add(Watch);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var (name, address, submission) = (call.CollectionName(), ClusterVerbs.Address(result), Read(result));
        await using var cluster = await AtlasClusterClient.ConnectAsync(address, cancellationToken);
        var receipt = await cluster.SubmitAsync(name, submission, cancellationToken);
        ClusterVerbs.Accept(receipt);
        if (result.GetValue(Watch))
        {
            return await ClusterVerbs.FollowAsync(call, cluster, cancellationToken);
        }

        var already = receipt.Acceptance == Acceptance.Joined ? "already " : "";
        call.Answer.Write(
            new { collection = name, receipt.Acceptance },
            writer => writer.WriteLine($"The cluster is {already}at it; follow it with: atlas watch -c {name} --cluster {address}")
        );
        return ExitCode.Done;
    }

    private static Submission Read(ParseResult result)
    {
        var paths = result.GetRequiredValue(Paths);
        if (paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new UsageException($"'{missing}' is not there; give films, photos or folders of them.");
        }

        return new Submission(new IndexRequest { Paths = [.. paths.Select(Path.GetFullPath)] }, CollectionFlags.Read(result, Model));
    }
}
