using System.CommandLine;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;
using OrleansAtlas.Media;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Cluster;

/// <summary><c>atlas submit</c>: what <c>index</c> does, done by a cluster.</summary>
internal static class SubmitVerb
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Films, photos and folders of them, which all silos see under the same paths, or addresses that the silos may open.",
        Arity = ArgumentArity.ZeroOrMore,
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
        command.Add(FilmPaths.List);
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
            return await ClusterVerbs.FollowAsync(call, cluster, receipt.Number, cancellationToken);
        }

        var already = receipt.Acceptance == Acceptance.Joined ? "already " : "";
        var said = receipt.Reason ?? $"The cluster is {already}at it, job {receipt.Number}.";
        call.Answer.Write(
            new
            {
                collection = name,
                receipt.Acceptance,
                job = receipt.Number,
                receipt.Reason,
            },
            writer => writer.WriteLine($"{said} Follow it with: atlas watch -c {name} --job {receipt.Number} --cluster {address}")
        );
        return ExitCode.Done;
    }

    private static Submission Read(ParseResult result)
    {
        var paths = FilmPaths.Read(result.GetValue(Paths) ?? [], result.GetValue(FilmPaths.List));
        if (FilmAddress.Refusal(paths) is { } refusal)
        {
            throw new UsageException(refusal);
        }

        var seen = paths.Select(path => FilmAddress.IsAddress(path) ? path : Path.GetFullPath(path));
        return new Submission(new IndexRequest { Paths = [.. seen] }, CollectionFlags.Read(result, Model));
    }
}
