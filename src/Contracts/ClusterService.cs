using System.Text.RegularExpressions;

namespace OrleansAtlas.Contracts;

/// <summary>What silos and clients of a cluster must agree on.</summary>
public static partial class ClusterService
{
    /// <summary>The name of the service; Orleans lets only processes of one service meet.</summary>
    public const string Id = "orleans-atlas";

    /// <summary>What may be the id of a cluster, for sentences.</summary>
    public const string ClusterIds = "1 to 63 letters, digits, dots, hyphens and underscores, the first a letter or a digit,";

    /// <summary>Whether this may be the id of a cluster, which is a part of its address and of keys in Redis.</summary>
    public static bool IsClusterId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ClusterIdPattern().IsMatch(id);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex ClusterIdPattern();
}
