using System.CommandLine;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Errors;

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
    /// <exception cref="AtlasException">It holds a user or a password.</exception>
    public static string? AddressOf(ParseResult result)
    {
        var address =
            result.GetValue(Cluster) ?? (Environment.GetEnvironmentVariable("ATLAS_CLUSTER") is { Length: > 0 } given ? given : null);
        if (address is not null)
        {
            AtlasClusterClient.RefuseSecret(address);
        }

        return address;
    }
}
