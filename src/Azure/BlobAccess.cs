using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Azure;

/// <summary>What this process may show to Azure Blob Storage; never printed, logged or stored.</summary>
internal sealed class BlobAccess
{
    private const int Retries = 8;
    private const int RetriesOfALook = 1;

    private static readonly Lazy<TokenCredential> Identity = new(() => new DefaultAzureCredential());

    /// <summary>Connection string of an account, used for addresses of that account.</summary>
    public string? ConnectionString { get; init; } = Variable("AZURE_STORAGE_CONNECTION_STRING");

    /// <summary>Signature (SAS) for addresses that bring none.</summary>
    public string? SasToken { get; init; } = Variable("AZURE_STORAGE_SAS_TOKEN");

    /// <summary>What signature is shown at an address; null where a key or an identity is.</summary>
    public string? SasFor(BlobAddress address) => address.Sas ?? (Keyed(address) is null ? Variable(NameFor(address)) ?? SasToken : null);

    /// <summary>The container of an address, reached with the address's own signature, else the connection string of its account, else
    /// the signature of the environment for this container or for all, else the identity that this process runs under.</summary>
    /// <param name="address">Which.</param>
    /// <param name="retries">How often a request is tried again: the longest pause is 8 seconds.</param>
    /// <exception cref="AtlasException">The connection string is none, or an identity would go over plain HTTP.</exception>
    public BlobContainerClient Open(BlobAddress address, int retries = Retries)
    {
        var options = Options(retries);
        if (SasFor(address) is { } sas)
        {
            return new BlobContainerClient(address.Container, new AzureSasCredential(sas.TrimStart('?')), options);
        }

        return Keyed(address, options)
            ?? (
                address.Container.Scheme == Uri.UriSchemeHttps
                    ? new BlobContainerClient(address.Container, Identity.Value, options)
                    : throw new AtlasException(
                        $"Nothing opens '{address.Location}': an identity does not go over plain HTTP, so set "
                            + "AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_SAS_TOKEN."
                    )
            );
    }

    /// <summary>The same, but soon tells where it does not answer.</summary>
    public BlobContainerClient OpenForALook(BlobAddress address) => Open(address, RetriesOfALook);

    /// <summary>Looks whether a container answers; soon tells where it does not.</summary>
    /// <returns>True.</returns>
    public bool Look(BlobAddress address)
    {
        _ = OpenForALook(address)
            .GetBlobs(new GetBlobsOptions { Prefix = address.Prefix }, CancellationToken.None)
            .AsPages(pageSizeHint: 1)
            .First();
        return true;
    }

    /// <summary>Whether the environment has something for an address's account or container.</summary>
    public bool HasKeyFor(Uri address)
    {
        var path = address.GetLeftPart(UriPartial.Path);
        return BlobAddress.IsContainer(path)
            && BlobAddress.Parse(path) is var place
            && (Keyed(place) is not null || Variable(NameFor(place)) is not null);
    }

    // AZURE_STORAGE_SAS_TOKEN_ACCOUNT_CONTAINER, for films and stores that other signatures open.
    private static string NameFor(BlobAddress address)
    {
        var parts = new BlobUriBuilder(address.Container);
        var name = $"AZURE_STORAGE_SAS_TOKEN_{parts.AccountName}_{parts.BlobContainerName}".ToUpperInvariant();
        return string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
    }

    private BlobContainerClient? Keyed(BlobAddress address, BlobClientOptions? options = null)
    {
        if (string.IsNullOrEmpty(ConnectionString))
        {
            return null;
        }

        try
        {
            var name = new BlobUriBuilder(address.Container).BlobContainerName;
            var client = new BlobContainerClient(ConnectionString, name, options);
            return client.Uri.GetLeftPart(UriPartial.Path) == address.Container.GetLeftPart(UriPartial.Path) ? client : null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // Neither what it holds nor what was said of it is shown.
            throw new AtlasException("AZURE_STORAGE_CONNECTION_STRING is no connection string of an account; copy it again, or unset it.");
        }
    }

    private static BlobClientOptions Options(int retries) =>
        new()
        {
            Retry =
            {
                MaxRetries = retries,
                Mode = RetryMode.Exponential,
                Delay = TimeSpan.FromSeconds(0.4),
                MaxDelay = TimeSpan.FromSeconds(8),
            },
        };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
