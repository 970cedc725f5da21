namespace OrleansAtlas.Contracts;

/// <summary>What silos and clients of a cluster must agree on.</summary>
public static class ClusterService
{
    /// <summary>The name of the service; Orleans lets only processes of one service meet.</summary>
    public const string Id = "orleans-atlas";
}
