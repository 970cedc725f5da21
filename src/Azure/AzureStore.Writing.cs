using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Store;

namespace OrleansAtlas.Azure;

public sealed partial class AzureStore
{
    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await AddAsync(name, Checksum.Add(name, content.Span), cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var writer = new BlobWriter(Blob(name), _failure);
        await using (writer.ConfigureAwait(false))
        {
            var content = new ChecksumStream(writer);
            await write(content, cancellationToken).ConfigureAwait(false);
            await content.FinishAsync(cancellationToken).ConfigureAwait(false);
            return await PutAsync(name, conditions => writer.CommitAsync(conditions, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
                is not null;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken)
    {
        var stored = Checksum.Add(name, content.Span);
        if (tag is null)
        {
            return await AddAsync(name, stored, cancellationToken).ConfigureAwait(false) is { } added ? BlobVersion.TextOf(added) : null;
        }

        return await _failure
            .GuardAsync(
                async () =>
                {
                    try
                    {
                        var conditions = new BlobRequestConditions { IfMatch = new ETag(tag) };
                        return BlobVersion.TextOf(await UploadAsync(name, stored, conditions, cancellationToken).ConfigureAwait(false));
                    }
                    catch (RequestFailedException error) when (IsTaken(error) || error.ErrorCode == BlobErrorCode.BlobNotFound)
                    {
                        return null;
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private Task<ETag?> AddAsync(string name, byte[] stored, CancellationToken cancellationToken) =>
        PutAsync(name, conditions => UploadAsync(name, stored, conditions, cancellationToken), cancellationToken);

    private async Task<ETag> UploadAsync(string name, byte[] stored, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(stored, writable: false);
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            TransferOptions = new() { InitialTransferSize = BlobWriter.BlockBytes, MaximumTransferSize = BlobWriter.BlockBytes },
        };
        return (await Blob(name).UploadAsync(stream, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
    }

    // Puts what is not there yet, or empty; null where it was there.
    private Task<ETag?> PutAsync(string name, Func<BlobRequestConditions, Task<ETag>> put, CancellationToken cancellationToken) =>
        _failure.GuardAsync<ETag?>(
            async () =>
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await put(NotThere).ConfigureAwait(false);
                    }
                    catch (RequestFailedException error) when (IsTaken(error))
                    {
                        if (await PropertiesAsync(Blob(name), cancellationToken).ConfigureAwait(false) is { } present)
                        {
                            return present.ContentLength > 0 ? null : await FillAsync(name, present.ETag, put).ConfigureAwait(false);
                        }

                        // Another process put it and took it back, as one does that finds nothing to index.
                        if (attempt == PutAttempts)
                        {
                            throw;
                        }
                    }
                }
            },
            cancellationToken
        );

    private async Task<ETag?> FillAsync(string name, ETag empty, Func<BlobRequestConditions, Task<ETag>> put)
    {
        try
        {
            var tag = await put(new BlobRequestConditions { IfMatch = empty }).ConfigureAwait(false);
            LogEmpty(_log, $"{Location}/{name}");
            return tag;
        }
        catch (RequestFailedException error) when (IsTaken(error))
        {
            return null;
        }
    }

    // Blocks that were sent are dropped by the service when another writer commits its own.
    private static bool IsTaken(RequestFailedException error) =>
        error.ErrorCode == BlobErrorCode.BlobAlreadyExists
        || error.ErrorCode == BlobErrorCode.ConditionNotMet
        || error.ErrorCode == BlobErrorCode.InvalidBlockList;

    [LoggerMessage(LogLevel.Warning, "'{Address}' was empty and was made again")]
    private static partial void LogEmpty(ILogger log, string address);
}
