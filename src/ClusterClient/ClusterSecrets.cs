using OrleansAtlas.Contracts.Wires;
using OrleansAtlas.Errors;

namespace OrleansAtlas.ClusterClient;

/// <summary>What a client shows to get in: to the Redis server that keeps the list of silos, and to silos whose wires are TLS.</summary>
public sealed record ClusterSecrets
{
    /// <summary>User of the Redis server's access list; null for its default one.</summary>
    public string? RedisUser { get; init; }

    /// <summary>The user's password.</summary>
    public string? RedisPassword { get; init; }

    /// <summary>PEM file of the authority of a Redis server reached by <c>rediss://</c>; null for those the system trusts.</summary>
    public string? RedisAuthorityFile { get; init; }

    /// <summary>The certificates for wires to silos; null where they are plain.</summary>
    public WireFiles? Wires { get; init; }

    /// <summary>Reads the environment: <c>ATLAS_REDIS_USER</c>, <c>ATLAS_REDIS_PASSWORD_FILE</c> or <c>ATLAS_REDIS_PASSWORD</c>,
    /// <c>ATLAS_REDIS_AUTHORITY_FILE</c>; <c>ATLAS_TLS_CERTIFICATE_FILE</c>, <c>ATLAS_TLS_KEY_FILE</c> and
    /// <c>ATLAS_TLS_AUTHORITY_FILE</c>.</summary>
    /// <exception cref="AtlasException">A file that is named cannot be read, or some files of TLS are named and others not.</exception>
    public static ClusterSecrets FromEnvironment()
    {
        var (certificate, key, authority) = ("ATLAS_TLS_CERTIFICATE_FILE", "ATLAS_TLS_KEY_FILE", "ATLAS_TLS_AUTHORITY_FILE");
        return new ClusterSecrets
        {
            RedisUser = Variable("ATLAS_REDIS_USER"),
            RedisPassword = RedisAccess.FirstLine(Variable("ATLAS_REDIS_PASSWORD_FILE")) ?? Variable("ATLAS_REDIS_PASSWORD"),
            RedisAuthorityFile = Variable("ATLAS_REDIS_AUTHORITY_FILE"),
            Wires = WireFiles.Read(Variable(certificate), Variable(key), Variable(authority), (certificate, key, authority)),
        };
    }

    // A record would print its password.
    /// <inheritdoc/>
    public override string ToString() => nameof(ClusterSecrets);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
