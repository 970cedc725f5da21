using OrleansAtlas.Contracts.Wires;

namespace OrleansAtlas.Silo;

/// <summary>The section <c>Atlas:Tls</c>: all three files, or none for plain wires.</summary>
internal sealed record TlsSettings
{
    /// <summary>PEM file of the silo's certificate, which must be good for servers and for clients.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file of the authority that the certificates of other silos and of clients must come from.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The files; null for plain wires.</summary>
    public WireFiles? Files() =>
        WireFiles.Read(
            CertificateFile,
            KeyFile,
            AuthorityFile,
            ("Atlas:Tls:CertificateFile", "Atlas:Tls:KeyFile", "Atlas:Tls:AuthorityFile")
        );
}
