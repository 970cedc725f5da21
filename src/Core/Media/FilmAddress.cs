namespace OrleansAtlas.Media;

/// <summary>Addresses of films that are no files: <c>https://...</c> or <c>http://...</c>.</summary>
public static class FilmAddress
{
    /// <summary>Whether this is one, not a path.</summary>
    public static bool IsAddress(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An address without what may let somebody in: signature, name and password.</summary>
    public static string Plain(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.Split('?', '#')[0];
        var host = plain.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = plain.IndexOf('/', host) is >= 0 and var slash ? slash : plain.Length;
        return plain[..host] + plain[(plain.LastIndexOf('@', end - 1, end - host) is >= 0 and var at ? at + 1 : host)..];
    }

    /// <summary>What a film at an address is called: the last part of its path, else its host. What stands behind the path may be a
    /// signature.</summary>
    public static string NameOf(string address)
    {
        var plain = Plain(address).TrimEnd('/');
        return Uri.UnescapeDataString(plain[(plain.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Why an address is none that can be asked, one sentence without a secret; null where it can be.</summary>
    public static string? Problem(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            return uri.UserInfo.Length == 0
                ? null
                : $"'{Plain(address)}' was given with a user or a password, which are sent to no server; give the address without them, or "
                    + "with a signature behind a question mark.";
        }

        // What is no address may hold a password anywhere.
        return address.Contains('@', StringComparison.Ordinal)
            ? "What was given with a user or a password is no address that can be read; give https://HOST/PATH."
            : $"'{Plain(address)}' is no address; give https://HOST/PATH.";
    }

    /// <summary>Why a job may not be about these films, for jobs are stored; null where it may.</summary>
    public static string? Refusal(IEnumerable<string> paths) =>
        paths.Where(IsAddress).Select(Problem).FirstOrDefault(problem => problem is not null) is { } problem ? problem
        : paths.FirstOrDefault(HoldsSecret) is { } address
            ? $"'{Plain(address)}' was given with a signature or a password, which a job does not store; give the address alone: "
                + "silos open it with their own identity, AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_SAS_TOKEN[_ACCOUNT_CONTAINER]."
        : null;

    /// <summary>Whether an address holds what may let somebody in.</summary>
    public static bool HoldsSecret(string address) => IsAddress(address) && Plain(address) != address;
}
