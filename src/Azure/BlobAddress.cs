using System.Globalization;
using Azure.Storage.Blobs;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Azure;

/// <summary>A container of Azure Blob Storage, a place in it, and the signature that the address brought.</summary>
/// <param name="Container">The container, without a signature.</param>
/// <param name="Prefix">What all names there start with: empty, or ending in <c>/</c>.</param>
/// <param name="Sas">The signature (SAS) of the address; null where there was none. Never to be shown.</param>
internal sealed record BlobAddress(Uri Container, string Prefix, string? Sas)
{
    private const string Form = "https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]";

    /// <summary>The address as a person may see it.</summary>
    public string Location => $"{Container.AbsoluteUri.TrimEnd('/')}/{Prefix}".TrimEnd('/');

    /// <summary>Reads <c>https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS]</c>; for a server of another name
    /// <c>http://IP:PORT/ACCOUNT/CONTAINER[/PREFIX]</c>.</summary>
    /// <exception cref="AtlasException">It is none.</exception>
    public static BlobAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.UserInfo.Length > 0
            || new BlobUriBuilder(new Uri(address.GetLeftPart(UriPartial.Path))) is not { BlobContainerName.Length: > 0 } parts
        )
        {
            throw new AtlasException($"{Shown(text)} is no address of a container in Azure Blob Storage; give a folder, or {Form}.");
        }

        // The client library takes such a host's first folder for the container.
        if (parts.AccountName.Length == 0 && !address.Host.Contains('.', StringComparison.Ordinal))
        {
            throw new AtlasException($"'{address.Host}' is no name of a blob server for {Shown(text)}; give its IP address instead.");
        }

        var prefix = parts.BlobName.Trim('/');
        parts.BlobName = "";
        var sas = address.Query.TrimStart('?');
        return new BlobAddress(parts.ToUri(), prefix.Length > 0 ? prefix + "/" : "", sas.Length > 0 ? sas : null);
    }

    /// <summary>Whether an address names a container.</summary>
    public static bool IsContainer(string address) => new BlobUriBuilder(new Uri(address)).BlobContainerName.Length > 0;

    /// <summary>Whether a query is a signature (SAS).</summary>
    public static bool IsSas(string query) =>
        query.Contains("sv=", StringComparison.Ordinal) && query.Contains("sig=", StringComparison.Ordinal);

    /// <summary>When a signature (SAS) ends; null where it does not say.</summary>
    public static DateTimeOffset? EndOf(string sas) =>
        sas.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("se=", StringComparison.Ordinal)) is { } end
        && DateTimeOffset.TryParse(
            Uri.UnescapeDataString(end["se=".Length..]),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    // What may hold a password or a signature is not said.
    private static string Shown(string text) => text.Contains('@', StringComparison.Ordinal) ? "This" : $"'{text.Split('?', '#')[0]}'";

    /// <summary>As <see cref="Location"/>.</summary>
    public override string ToString() => Location;
}
