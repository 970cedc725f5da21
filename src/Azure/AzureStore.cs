using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Azure;

// Why: docs/decisions/store-on-blobs.md
/// <summary>A store in a container of Azure Blob Storage: the same artifacts under the same names as in a folder. The first writer wins by
/// conditional puts, records change by tag, and requests that fail on the way are tried again by the client library. A blob without a byte
/// counts as not there, as in a folder.</summary>
public sealed partial class AzureStore : IArtifactStore
{
    private const int PieceBytes = 4 << 20;
    private const int PutAttempts = 3;

    private static readonly BlobRequestConditions NotThere = new() { IfNoneMatch = ETag.All };

    private readonly BlobAddress _address;
    private readonly BlobContainerClient _container;
    private readonly BlobFailure _failure;
    private readonly BlockCache _cache;
    private readonly ILogger _log;

    private AzureStore(BlobAddress address, BlobAccess access, BlockCache cache, ILogger? log)
    {
        (_address, _container, _cache, _log) = (address, access.Open(address), cache, log ?? NullLogger.Instance);
        _failure = new BlobFailure(address, access.SasFor(address));
    }

    /// <inheritdoc/>
    public string Location => _address.Location;

    /// <summary>Opens the store at an address, and looks whether it answers. What lets it in comes from the address or the environment:
    /// <c>AZURE_STORAGE_CONNECTION_STRING</c>, <c>AZURE_STORAGE_SAS_TOKEN</c>, else the identity of the process.</summary>
    /// <param name="address"><c>https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS]</c>.</param>
    /// <param name="log">Told about blobs that are repaired.</param>
    /// <exception cref="StoreException">It is no such address, the container is not there, or does not let this process in.</exception>
    public static AzureStore Open(string address, ILogger? log = null) => Open(address, new BlobAccess(), BlockCacheOptions.Default, log);

    internal static AzureStore Open(string address, BlobAccess access, BlockCacheOptions cache, ILogger? log = null)
    {
        try
        {
            var place = BlobAddress.Parse(address);
            var store = new AzureStore(place, access, new BlockCache(cache.Folder, cache.Bytes), log);
            store._failure.Guard(() => access.Look(place));
            return store;
        }
        catch (AtlasException error) when (error is not StoreException)
        {
            // The same would be said of films; here it is the store that does not open.
            throw new StoreException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public async Task<Artifact?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var (tag, stored) = await _failure.GuardAsync(() => WholeAsync(name, cancellationToken), cancellationToken).ConfigureAwait(false);
        return stored is null
            ? null
            : new Artifact(Checksum.Remove(name, stored, $"{Location}/{name}", out var had), BlobVersion.TextOf(tag), had);
    }

    /// <inheritdoc/>
    public async Task<Artifact?> ReadListedAsync(ArtifactEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Tag is null || entry.Length > BlobStream.BlockBytes)
        {
            return await ReadAsync(entry.Name, cancellationToken).ConfigureAwait(false);
        }

        var key = BlockCache.KeyOf(Blob(entry.Name).Uri, entry.Tag);
        if (_cache.TryRead(key, 0, (int)entry.Length) is { } kept)
        {
            return new Artifact(Checksum.Remove(entry.Name, kept, $"{Location}/{entry.Name}", out var had), entry.Tag, had);
        }

        var (tag, stored) = await _failure
            .GuardAsync(() => WholeAsync(entry.Name, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        if (BlobVersion.TextOf(tag) == entry.Tag)
        {
            _cache.Add(key, 0, stored);
        }

        return new Artifact(Checksum.Remove(entry.Name, stored, $"{Location}/{entry.Name}", out var has), BlobVersion.TextOf(tag), has);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        await StreamAsync(name, _cache, cancellationToken).ConfigureAwait(false) is { } stored
            ? await ContentStream.OpenAsync(stored, cancellationToken).ConfigureAwait(false)
            : null;

    /// <inheritdoc/>
    public async Task<Integrity> VerifyAsync(string name, CancellationToken cancellationToken)
    {
        if (await StreamAsync(name, null, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return Integrity.Missing;
        }

        await using (stored.ConfigureAwait(false))
        {
            return await Checksum.VerifyAsync(name, stored, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await _failure.GuardAsync(() => PropertiesAsync(Blob(name), cancellationToken), cancellationToken).ConfigureAwait(false)
            is { ContentLength: > 0 };

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = _address.Prefix + prefix };
        await foreach (
            var blob in InPagesAsync(_container.GetBlobsAsync(options, cancellationToken), cancellationToken).ConfigureAwait(false)
        )
        {
            if (blob.Properties.ContentLength is > 0 and var length)
            {
                yield return new ArtifactEntry(
                    blob.Name[_address.Prefix.Length..],
                    length,
                    blob.Properties.ETag is { } tag ? BlobVersion.TextOf(tag) : null
                );
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Prefix = _address.Prefix, Delimiter = "/" };
        await foreach (
            var item in InPagesAsync(_container.GetBlobsByHierarchyAsync(options, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if (item.IsPrefix)
            {
                yield return item.Prefix[_address.Prefix.Length..].TrimEnd('/');
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        _failure.GuardAsync(
            () => Blob(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, null, cancellationToken),
            cancellationToken
        );

    // Why: blocks that were not committed are no blobs; the service drops them within a week.
    /// <inheritdoc/>
    public Task<(int Count, long Bytes)> DeleteUnfinishedAsync(string prefix, TimeSpan unchangedFor, CancellationToken cancellationToken) =>
        Task.FromResult((0, 0L));

    // Why: the service answers a put when it is kept.
    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private BlockBlobClient Blob(string name) => _container.GetBlockBlobClient(_address.Prefix + name);

    // One that is replaced between two ranges is read again from its start.
    private async Task<(ETag Tag, byte[]? Stored)> WholeAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await BlobVersion.OpenAsync(Blob(name), PieceBytes, cancellationToken).ConfigureAwait(false) is not { } version)
            {
                return default;
            }

            try
            {
                return (version.Tag, await version.ReadAsync(PieceBytes, cancellationToken).ConfigureAwait(false));
            }
            catch (RequestFailedException error) when (error.Status is 404 or 412)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<BlobStream?> StreamAsync(string name, BlockCache? cache, CancellationToken cancellationToken)
    {
        var version = await _failure
            .GuardAsync(() => BlobVersion.OpenAsync(Blob(name), BlobStream.BlockBytes, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return version is null ? null : new BlobStream(version, _failure, cache);
    }

    private static async Task<BlobProperties?> PropertiesAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(null, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<T> InPagesAsync<T>(AsyncPageable<T> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : notnull
    {
        var items = pages.GetAsyncEnumerator(cancellationToken);
        await using (items.ConfigureAwait(false))
        {
            while (await _failure.GuardAsync(() => items.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
    }
}
