using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Contracts.Wires;

// Why: docs/decisions/wires.md
/// <summary>TLS with the certificates of both sides: each side shows its own and accepts only those of one authority. Names are not looked
/// at, for silos call one another by addresses that change; so the authority must be the cluster's own. Files that are replaced are
/// read again at the next handshake.</summary>
public sealed class WireCertificates
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly Lock _lock = new();
    private readonly WireFiles _files;
    private readonly Action<string> _told;
    private (DateTime Written, X509Certificate2 Own, X509Certificate2Collection Authority) _read;

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="told">Is told, in one sentence, of every certificate that was refused and of files that cannot be read again.</param>
    /// <exception cref="AtlasException">One of them cannot be read, or the key is not the certificate's.</exception>
    public WireCertificates(WireFiles files, Action<string> told)
    {
        (_files, _told) = (files, told);
        _read = Read(files);
    }

    /// <summary>Why the last certificate was refused; null while none was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>For the side that is called: a silo's port and gateway.</summary>
    public TlsOptions ForServer() =>
        new()
        {
            LocalServerCertificateSelector = (_, _) => Now().Own,
            RemoteCertificateValidation = (shown, sent, _) => Accepts(shown, sent, ForClients),
        };

    /// <summary>For the side that calls: a client, or a silo that calls another.</summary>
    public TlsOptions ForClient() =>
        new()
        {
            LocalClientCertificateSelector = (_, _, _, _, _) => Now().Own,
            RemoteCertificateValidation = (shown, sent, _) => Accepts(shown, sent, ForServers),
            OnAuthenticateAsClient = (_, tls) => tls.TargetHost = ClusterService.Id,
        };

    private bool Accepts(X509Certificate2 shown, X509Chain? sent, string use)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(Now().Authority);
        policy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.ApplicationPolicy.Add(new Oid(use));

        // Nothing is fetched from an address that a stranger's certificate names.
        policy.DisableCertificateDownloads = true;
        if (chain.Build(shown))
        {
            return true;
        }

        var side = use == ForServers ? "silo" : "client or silo that called";
        var why = string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
        Refusal =
            $"The certificate of a {side}, {shown.Subject}, was refused: it is not a valid one of the authority in '{_files.Authority}' "
            + $"({why}).";
        _told(Refusal);
        return false;
    }

    private (DateTime Written, X509Certificate2 Own, X509Certificate2Collection Authority) Now()
    {
        lock (_lock)
        {
            if (Written(_files) != _read.Written)
            {
                try
                {
                    _read = Read(_files);
                }
                catch (AtlasException error)
                {
                    // Half of them replaced, say: those that were read are good until they end.
                    _told($"{error.Message} The certificates that were read before are kept.");
                }
            }

            return _read;
        }
    }

    private static (DateTime Written, X509Certificate2 Own, X509Certificate2Collection Authority) Read(WireFiles files)
    {
        var written = Written(files);
        var (file, authority) = (files.Certificate, new X509Certificate2Collection());
        try
        {
            var own = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
            file = files.Authority;
            authority.ImportFromPemFile(files.Authority);
            return authority.Count > 0 ? (written, own, authority) : throw new CryptographicException("there is no certificate in it");
        }
        // A key that is not the certificate's is an argument to the library.
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            var key = file == files.Certificate ? $" with the key '{files.Key}'" : "";
            throw new AtlasException(
                $"The certificate '{file}'{key} cannot be used ({error.Message.TrimEnd('.')}); give PEM files.",
                error
            );
        }
    }

    // A file that is not there has a time too.
    private static DateTime Written(WireFiles files) =>
        new[] { files.Certificate, files.Key, files.Authority }.Max(File.GetLastWriteTimeUtc);
}
