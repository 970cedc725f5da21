using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OrleansAtlas.Errors;
using OrleansAtlas.Media;

namespace OrleansAtlas.Azure;

/// <summary>Films in containers of Azure Blob Storage, and behind any other http(s) address that gives out ranges. A signature that an
/// address brought is remembered as long as this lives, and is in no film's path.</summary>
public sealed class RemoteFilms : IRemoteFilms
{
    private readonly BlobAccess _access;

    // The signature that an address of a container brought, by the container; null where it is known to be one by its server alone.
    private readonly ConcurrentDictionary<string, string?> _containers = new(StringComparer.Ordinal);

    // Whole addresses of films on any other server, by the address without what opens it.
    private readonly ConcurrentDictionary<string, string> _whole = new(StringComparer.Ordinal);

    /// <summary>Opens films with what the environment says, as <see cref="AzureStore.Open(string, Microsoft.Extensions.Logging.ILogger?)"/>
    /// does.</summary>
    public RemoteFilms()
        : this(new BlobAccess()) { }

    internal RemoteFilms(BlobAccess access) => _access = access;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> ListAsync(string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (PlaceOf(address) is null && await OneAsync(address, cancellationToken).ConfigureAwait(false) is { } film)
        {
            yield return film;
            yield break;
        }

        await foreach (var blob in ListBlobsAsync(PlaceOf(address)!, cancellationToken).ConfigureAwait(false))
        {
            yield return blob;
        }
    }

    /// <inheritdoc/>
    public async Task<RemoteFilm> OpenAsync(string address, CancellationToken cancellationToken)
    {
        if (PlaceOf(address) is { } place)
        {
            return await OpenBlobAsync(place, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await HttpFilm.OpenAsync(Whole(address), cancellationToken).ConfigureAwait(false);
        }
        catch (BlobServerException) when (BlobAddress.IsContainer(address))
        {
            return await OpenBlobAsync(Remember(address), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RemoteFilm> OpenBlobAsync(BlobAddress place, CancellationToken cancellationToken)
    {
        try
        {
            var failure = new BlobFailure(place, _access.SasFor(place), films: true);
            var blob = _access.Open(place).GetBlobClient(place.Prefix.TrimEnd('/'));
            var version = await failure
                .GuardAsync(() => BlobVersion.OpenAsync(blob, BlobStream.BlockBytes, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return version is null ? throw new FileNotFoundException("it is not there") : new BlobFilm(version, failure);
        }
        catch (AtlasException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    // The container and what is meant in it; null where the address is any other server's, as far as is known.
    private BlobAddress? PlaceOf(string address)
    {
        var uri = new Uri(address);
        var isBlobs =
            uri.Host.Contains(".blob.", StringComparison.Ordinal)
            || BlobAddress.IsSas(uri.Query)
            || _access.HasKeyFor(uri)
            || _containers.Keys.Any(container => $"{uri.AbsoluteUri}/".StartsWith(container + "/", StringComparison.Ordinal));
        return isBlobs ? Remember(address) : null;
    }

    private BlobAddress Remember(string address)
    {
        var place = BlobAddress.Parse(address);
        var sas = _containers.AddOrUpdate(place.Container.AbsoluteUri, place.Sas, (_, before) => place.Sas ?? before);
        return place with { Sas = sas };
    }

    private Uri Whole(string address) => new(_whole.GetValueOrDefault(address, address));

    // One film of any web server, or why there is none; null where a blob server is to be asked in its own way.
    private async Task<SourceFile?> OneAsync(string address, CancellationToken cancellationToken)
    {
        var plain = FilmAddress.Plain(address);
        _whole[plain] = address;
        var name = FilmAddress.NameOf(plain);
        try
        {
            var film = await HttpFilm.OpenAsync(Whole(plain), cancellationToken).ConfigureAwait(false);
            return new SourceFile(plain, name, film.Length, film.Modified, Tag: film.Tag);
        }
        catch (BlobServerException)
        {
            _ = Remember(address);
            return null;
        }
        catch (IOException error)
        {
            var problem = $"'{plain}' cannot be read: {error.Message.TrimEnd('.')}.";
            return new SourceFile(plain, name, 0, default, problem, IsMissing: error is FileNotFoundException);
        }
    }

    private async IAsyncEnumerable<SourceFile> ListBlobsAsync(
        BlobAddress place,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var failure = new BlobFailure(place, _access.SasFor(place), films: true);
        var container = _access.Open(place);
        if (await SingleAsync(container, place, failure, cancellationToken).ConfigureAwait(false) is { } single)
        {
            yield return single;
        }

        var blobs = BlobListing
            .AllAsync(container, _access.OpenForALook(place), place.Prefix, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (blobs.ConfigureAwait(false))
        {
            while (await failure.GuardAsync(() => blobs.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
            {
                var name = blobs.Current.Name[place.Prefix.Length..];
                if (!name.EndsWith('/') && !$"/{name}".Contains("/.", StringComparison.Ordinal))
                {
                    yield return Describe(container, blobs.Current, name);
                }
            }
        }
    }

    // A film may be named by itself.
    private static async Task<SourceFile?> SingleAsync(
        BlobContainerClient container,
        BlobAddress place,
        BlobFailure failure,
        CancellationToken cancellationToken
    )
    {
        if (place.Prefix.Length == 0)
        {
            return null;
        }

        var blob = container.GetBlobClient(place.Prefix.TrimEnd('/'));
        var version = await failure
            .GuardAsync(() => BlobVersion.OpenAsync(blob, 1, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return version is null
            ? null
            : new SourceFile(
                blob.Uri.GetLeftPart(UriPartial.Path),
                Path.GetFileName(blob.Name),
                version.Length,
                version.Modified,
                Tag: BlobVersion.TextOf(version.Tag)
            );
    }

    private static SourceFile Describe(BlobContainerClient container, BlobItem blob, string name) =>
        new(
            container.GetBlobClient(blob.Name).Uri.GetLeftPart(UriPartial.Path),
            name,
            blob.Properties.ContentLength ?? 0,
            blob.Properties.LastModified ?? default,
            Tag: blob.Properties.ETag is { } tag ? BlobVersion.TextOf(tag) : null
        );
}
