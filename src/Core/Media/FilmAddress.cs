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

    /// <summary>Why a job may not be about these films, for jobs are stored; null where it may.</summary>
    public static string? Refusal(IEnumerable<string> paths) =>
        paths.FirstOrDefault(HoldsSecret) is { } address
            ? $"'{Plain(address)}' was given with a signature or a password, which a job does not store; give the address alone: "
                + "silos open it with their own identity, AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_SAS_TOKEN[_ACCOUNT_CONTAINER]."
            : null;

    /// <summary>Whether an address holds what may let somebody in.</summary>
    public static bool HoldsSecret(string address) => IsAddress(address) && Plain(address) != address;
}
