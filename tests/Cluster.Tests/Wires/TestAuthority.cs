using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansAtlas.Tests;

/// <summary>An authority made for a test, and certificates of it, as PEM files.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddMinutes(-5);
    private static readonly DateTimeOffset To = From.AddHours(2);

    private readonly string _folder;
    private readonly string _name;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string folder, string name)
    {
        (_folder, _name) = (Directory.CreateDirectory(folder).FullName, name);
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(From, To);
        File.WriteAllText(Named("authority"), _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string AuthorityFile => Named("authority");

    /// <summary>Makes a certificate for servers and clients, or for clients alone.</summary>
    /// <returns>The files of the certificate and its key.</returns>
    public (string Certificate, string Key) Issue(string name, bool clientOnly = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        OidCollection uses = clientOnly ? [new("1.3.6.1.5.5.7.3.2")] : [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, false));
        using var certificate = request.Create(_certificate, From, To, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Named(name), certificate.ExportCertificatePem());
        File.WriteAllText(Named($"{name}-key"), key.ExportPkcs8PrivateKeyPem());
        return (Named(name), Named($"{name}-key"));
    }

    private string Named(string name) => Path.Combine(_folder, $"{_name}-{name}.pem");
}
