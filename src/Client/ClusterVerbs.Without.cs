using System.CommandLine;
using OrleansAtlas.Actors;
using OrleansAtlas.Reduction;

namespace OrleansAtlas.Client;

/// <summary>The verbs of the cluster in a build without Orleans: each says so.</summary>
internal static class ClusterVerbs
{
    public static IEnumerable<Command> Create() => new (string Name, string What)[]
    {
        ("submit", "Have a cluster index films (not in this build)."),
        ("watch", "Follow a cluster's job (not in this build)."),
        ("cancel", "End a cluster's job (not in this build)."),
    }.Select(verb =>
    {
        var command = new Command(verb.Name, verb.What) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((_, _) => throw Missing());
        return command;
    });

    public static Task<int> TrainAsync(Invocation call, string address, Func<TrainingOptions, TrainRequest> ask, CancellationToken cancellationToken) => throw Missing();

    public static Task<int> StatusAsync(Invocation call, string address, CancellationToken cancellationToken) => throw Missing();

    private static ClusterException Missing() =>
        new("This build has no cluster, for the package registry it was built from has no Orleans; atlas index does the same work in one process. ./atlas --refresh looks at the registry again.");
}
