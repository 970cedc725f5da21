using System.CommandLine;

namespace OrleansAtlas.Client;

/// <summary>Where a cluster is.</summary>
internal static class ClusterOption
{
    public static Option<string?> Cluster { get; } =
        new("--cluster")
        {
            Description =
                "A cluster's address: HOST:PORT of silos' gateways (several with commas), redis://HOST:PORT or, with TLS, "
                + "rediss://HOST:PORT; secrets come from files and the environment: see docs/cluster.md. Default: $ATLAS_CLUSTER",
            HelpName = "ADDRESS",
        };

    /// <summary>The address that is given here or by the environment; null where none is.</summary>
    public static string? AddressOf(ParseResult result) =>
        result.GetValue(Cluster) ?? (Environment.GetEnvironmentVariable("ATLAS_CLUSTER") is { Length: > 0 } address ? address : null);
}
