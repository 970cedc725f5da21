using System.Net;

namespace OrleansAtlas.Access;

/// <summary>Who may ask a server.</summary>
public sealed record AccessOptions
{
    /// <summary>The key; null where everybody may.</summary>
    public AccessKey? Key { get; init; }

    /// <summary>Names of hosts that the server answers to, beside the machine's own: <c>atlas.example.org</c>. With none, a server on
    /// loopback answers to names of loopback, and any other to addresses of the machine and, with a key, to any name.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Reads what a person gave.</summary>
    /// <param name="addresses">Where the server is to listen.</param>
    /// <param name="keyFile">File with the key; null for none.</param>
    /// <param name="noAuth">True where a person said that nobody is to be asked for a key.</param>
    /// <param name="hosts">As <see cref="Hosts"/>.</param>
    /// <param name="ways">How a key is given and waived here, for the sentence: <c>--key-file FILE</c>, <c>--no-auth</c>.</param>
    /// <exception cref="AccessException">The key file cannot be used, or there is no key and the address can be reached from
    /// elsewhere.</exception>
    public static AccessOptions Read(
        IEnumerable<IPAddress> addresses,
        string? keyFile,
        bool noAuth,
        IReadOnlyList<string> hosts,
        (string Key, string NoAuth) ways
    )
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (keyFile is not null && noAuth)
        {
            throw new AccessException($"{ways.Key} and {ways.NoAuth} are given: a key is asked for, or it is not.");
        }

        var open = addresses.FirstOrDefault(address => !IPAddress.IsLoopback(address));
        return keyFile is null && !noAuth && open is not null
            ? throw new AccessException(
                $"Who reaches {open} could see every film: give a key with {ways.Key}, or say {ways.NoAuth} where that is meant."
            )
            : new AccessOptions { Key = keyFile is null ? null : AccessKey.Read(keyFile), Hosts = hosts };
    }
}
