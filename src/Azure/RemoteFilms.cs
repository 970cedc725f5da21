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

    // What opens a container or a film, by its address without it.
    private readonly ConcurrentDictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>Opens films with what the environment says, as <see cref="AzureStore.Open(string, Microsoft.Extensions.Logging.ILogger?)"/>
    /// does.</summary>
    public RemoteFilms()
        : this(new BlobAccess()) { }

    internal RemoteFilms(BlobAccess access) => _access = access;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceFile> ListAsync(string address, CancellationToken cancellationToken) =>
        PlaceOf(address) is { } place ? ListBlobsAsync(place, cancellationToken) : OneAsync(address, cancellationToken);

    /// <inheritdoc/>
    public async Task<RemoteFilm> OpenAsync(string address, CancellationToken cancellationToken)
    {
        if (PlaceOf(address) is not { } place)
        {
            return await HttpFilm.OpenAsync(Whole(address), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var failure = new BlobFailure(place, _access.SasFor(place), films: true);
            var blob = _access.Open(place).GetBlobClient(place.Prefix.TrimEnd('/'));
            var version = await failure
                .GuardAsync(() => BlobVersion.OpenAsync(blob, BlobStream.BlockBytes, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return version is null ? throw new IOException("it is not there") : new BlobFilm(version, failure);
        }
        catch (AtlasException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    // The container and what is meant in it; null where the address is any other server's.
    private BlobAddress? PlaceOf(string address)
    {
        var uri = new Uri(address);
        if (
            !uri.Host.Contains(".blob.", StringComparison.Ordinal)
            && !BlobAddress.IsSas(uri.Query)
            && !_access.HasKeyFor(uri)
            && !IsGiven(uri)
        )
        {
            return null;
        }

        var place = BlobAddress.Parse(address);
        if (place.Sas is { } sas)
        {
            _given[place.Container.AbsoluteUri] = sas;
        }

        return place with
        {
            Sas = _given.GetValueOrDefault(place.Container.AbsoluteUri),
        };
    }

    private bool IsGiven(Uri uri) => _given.Keys.Any(key => uri.AbsoluteUri.StartsWith(key + "/", StringComparison.Ordinal));

    private Uri Whole(string address) => new(_given.GetValueOrDefault(address, address));

    private async IAsyncEnumerable<SourceFile> OneAsync(string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plain = FilmAddress.Plain(address);
        _given[plain] = address;
        var name = Uri.UnescapeDataString(plain[(plain.LastIndexOf('/') + 1)..]);
        SourceFile found;
        try
        {
            var film = await HttpFilm.OpenAsync(Whole(plain), cancellationToken).ConfigureAwait(false);
            found = new SourceFile(plain, name, film.Length, film.Modified, Tag: film.Tag);
        }
        catch (IOException error)
        {
            found = new SourceFile(plain, name, 0, default, $"'{plain}' cannot be read: {error.Message.TrimEnd('.')}.");
        }

        yield return found;
    }

    private async IAsyncEnumerable<SourceFile> ListBlobsAsync(
        BlobAddress place,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var failure = new BlobFailure(place, _access.SasFor(place), films: true);
        failure.Guard(() => _access.Look(place));
        var container = _access.Open(place);
        if (await SingleAsync(container, place, failure, cancellationToken).ConfigureAwait(false) is { } single)
        {
            yield return single;
        }

        var blobs = BlobListing.AllAsync(container, place.Prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
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
