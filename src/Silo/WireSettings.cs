using OrleansAtlas.Contracts.Wires;
using OrleansAtlas.Errors;
using StackExchange.Redis;

namespace OrleansAtlas.Silo;

/// <summary>What the settings say of wires: to other silos, to clients and to Redis.</summary>
internal static class WireSettings
{
    /// <summary>How to reach Redis; null where what is given says no server.</summary>
    /// <exception cref="AtlasException">A file that is named cannot be used.</exception>
    public static ConfigurationOptions? RedisOptions(this SiloSettings settings)
    {
        var password = RedisAccess.FirstLine(settings.RedisPasswordFile) ?? settings.RedisPassword;
        var options = new RedisAccess(
            settings.Redis,
            settings.RedisUser,
            password,
            settings.RedisTls,
            settings.RedisAuthorityFile
        ).Options();

        // A Redis server that is restarted must not end the silos: they wait for it.
        options?.AbortOnConnectFail = false;
        return options;
    }

    /// <summary>What is wrong with them, a sentence each.</summary>
    public static IEnumerable<string> Problems(SiloSettings settings) =>
        [.. Problem(() => Redis(settings)), .. Problem(() => Certificates(settings))];

    // What is given may hold a password, so it is not said.
    private static void Redis(SiloSettings settings)
    {
        if (RedisAccess.HoldsSecret(settings.Redis))
        {
            throw new AtlasException(
                "Atlas:Redis holds a user or a password, which would be shown and logged; give HOST:PORT there, and the others with "
                    + "Atlas:RedisUser and Atlas:RedisPasswordFile."
            );
        }

        if (settings.RedisOptions() is null)
        {
            throw new AtlasException("Atlas:Redis is not an address; give that of the Redis server with --Atlas:Redis HOST:PORT.");
        }
    }

    private static void Certificates(SiloSettings settings)
    {
        if (settings.Tls.Files() is { } files)
        {
            _ = new WireCertificates(files, _ => { });
        }
    }

    private static IEnumerable<string> Problem(Action look)
    {
        try
        {
            look();
            return [];
        }
        catch (AtlasException error)
        {
            return [error.Message];
        }
    }
}
