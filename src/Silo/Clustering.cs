namespace OrleansAtlas.Silo;

/// <summary>How silos find one another.</summary>
internal enum Clustering
{
    /// <summary>All on this machine; the one at <see cref="SiloSettings.PrimaryPort"/> keeps the list and must stay.</summary>
    Localhost,

    /// <summary>By a Redis server.</summary>
    Redis,

    /// <summary>By a Redis server, with the pod's name and address from <c>POD_NAME</c> and <c>POD_IP</c>.</summary>
    Kubernetes,
}
