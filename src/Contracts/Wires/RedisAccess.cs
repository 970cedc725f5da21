using System.Security.Cryptography;
using OrleansAtlas.Errors;
using StackExchange.Redis;

namespace OrleansAtlas.Contracts.Wires;

/// <summary>How the Redis server that keeps the list of silos is reached. What is secret comes from files and the environment, never
/// with the address, which is shown and logged.</summary>
/// <param name="Server"><c>HOST:PORT</c>.</param>
/// <param name="User">User of the access list; null for the server's default one.</param>
/// <param name="Password">The user's password; null for none.</param>
/// <param name="Tls">Whether the server is reached by TLS.</param>
/// <param name="AuthorityFile">PEM file of the authority that the server's certificate must come from; null for those the system
/// trusts.</param>
public sealed record RedisAccess(string Server, string? User, string? Password, bool Tls, string? AuthorityFile)
{
    /// <summary>The first line of a file; null where no file is named.</summary>
    /// <exception cref="AtlasException">It cannot be read, or the line is empty.</exception>
    public static string? FirstLine(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } line
                ? line
                : throw new AtlasException($"The first line of the password file '{file}' is empty; write the password there.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AtlasException($"The password file '{file}' cannot be read ({error.Message.TrimEnd('.')}).", error);
        }
    }

    /// <summary>Whether something that is to be an address of a server holds a user or a password, as far as can be seen.</summary>
    public static bool HoldsSecret(string server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Contains('@') || server.Contains("password=", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The access as options of the Redis client; null where <see cref="Server"/> says no server.</summary>
    /// <exception cref="AtlasException">The authority's file cannot be used.</exception>
    public ConfigurationOptions? Options()
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(Server);
        }
        catch (ArgumentException)
        {
            return null;
        }

        (options.User, options.Password, options.Ssl) = (User ?? options.User, Password ?? options.Password, Tls || options.Ssl);
        if (AuthorityFile is { Length: > 0 } file)
        {
            try
            {
                options.TrustIssuer(file);
            }
            catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
            {
                throw new AtlasException(
                    $"The authority of the Redis server, '{file}', cannot be used ({error.Message.TrimEnd('.')}); give a PEM file.",
                    error
                );
            }
        }

        return options.EndPoints.Count > 0 ? options : null;
    }
}
