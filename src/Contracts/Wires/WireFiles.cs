using OrleansAtlas.Errors;

namespace OrleansAtlas.Contracts.Wires;

/// <summary>The files with which wires between silos and to gateways are TLS, all PEM.</summary>
/// <param name="Certificate">The own certificate, which the other side asks for.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">The certificates of the authority that the other side's certificate must come from.</param>
public sealed record WireFiles(string Certificate, string Key, string Authority)
{
    /// <summary>The files, where all three are named; null where none is, and wires are plain.</summary>
    /// <param name="certificate">The own certificate.</param>
    /// <param name="key">Its key.</param>
    /// <param name="authority">The authority.</param>
    /// <param name="names">What the three settings are called, for the sentence that says which is missing.</param>
    /// <exception cref="AtlasException">Some are named and others not.</exception>
    public static WireFiles? Read(
        string? certificate,
        string? key,
        string? authority,
        (string Certificate, string Key, string Authority) names
    )
    {
        if (certificate is { Length: > 0 } && key is { Length: > 0 } && authority is { Length: > 0 })
        {
            return new WireFiles(certificate, key, authority);
        }

        var missing = string.Join(
            " and ",
            new[] { (certificate, names.Certificate), (key, names.Key), (authority, names.Authority) }
                .Where(file => string.IsNullOrEmpty(file.Item1))
                .Select(file => file.Item2)
        );
        return (certificate, key, authority) is (null or "", null or "", null or "")
            ? null
            : throw new AtlasException($"TLS needs a certificate, its key and an authority; name {missing} too, or none of the three.");
    }
}
