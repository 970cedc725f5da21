using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace OrleansAtlas.Azure;

/// <summary>A blob as it was when it was opened, read by ranges: every further range is of the same version.</summary>
internal sealed class BlobVersion
{
    private const int ParallelReads = 8;

    private readonly BlobBaseClient _blob;

    private BlobVersion(BlobBaseClient blob, BlobDownloadDetails details, byte[] start) =>
        (_blob, Tag, Modified, Length, Start) = (blob, details.ETag, details.LastModified, TotalOf(details), start);

    /// <summary>Another one after every change.</summary>
    public ETag Tag { get; }

    /// <summary>Time of the last change.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>Bytes of the blob, above 0.</summary>
    public long Length { get; }

    /// <summary>Its first bytes: all, or as many as were asked for.</summary>
    public byte[] Start { get; }

    /// <summary>What is read.</summary>
    public Uri Address => _blob.Uri;

    /// <summary>A tag as text: listings of the service have them without the quotes that answers have.</summary>
    public static string TextOf(ETag tag) => tag.ToString().Trim('"');

    /// <summary>Opens a blob with one request; null where there is none, or an empty one.</summary>
    /// <param name="blob">Which.</param>
    /// <param name="start">Bytes to bring at once, above 0.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<BlobVersion?> OpenAsync(BlobBaseClient blob, int start, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(0, start) };
            var answer = (await blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            var content = answer.Content;
            await using (content.ConfigureAwait(false))
            {
                var length = TotalOf(answer.Details);
                var bytes = new byte[Math.Min(start, length)];
                await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return length == 0 ? null : new BlobVersion(blob, answer.Details, bytes);
            }
        }
        catch (RequestFailedException error)
            when (error.ErrorCode == BlobErrorCode.BlobNotFound || error.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return null;
        }
    }

    /// <summary>All bytes, in pieces of at most this length that are read side by side.</summary>
    public async Task<byte[]> ReadAsync(int piece, CancellationToken cancellationToken)
    {
        if (Length == Start.Length)
        {
            return Start;
        }

        var all = new byte[Length];
        Start.CopyTo(all, 0);
        var pieces = (int)((Length - Start.Length + piece - 1) / piece);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel
            .ForAsync(
                0,
                pieces,
                options,
                async (number, token) =>
                {
                    var offset = Start.Length + ((long)number * piece);
                    var part = all.AsMemory((int)offset, (int)Math.Min(piece, Length - offset));
                    await ReadAsync(offset, part, token).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
        return all;
    }

    /// <summary>Some of its bytes, which must be there.</summary>
    public async Task ReadAsync(long offset, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        var answer = await _blob.DownloadStreamingAsync(Part(offset, bytes.Length), cancellationToken).ConfigureAwait(false);
        var content = answer.Value.Content;
        await using (content.ConfigureAwait(false))
        {
            await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same for callers that cannot wait.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        using var content = _blob.DownloadStreaming(Part(offset, bytes.Length)).Value.Content;
        content.ReadExactly(bytes);
    }

    private BlobDownloadOptions Part(long offset, int count) =>
        new()
        {
            Range = new HttpRange(offset, count),
            Conditions = new BlobRequestConditions { IfMatch = Tag },
        };

    // "bytes 0-99/1234"; an answer without it is the whole blob.
    private static long TotalOf(BlobDownloadDetails details) =>
        details.ContentRange is { Length: > 0 } range
            ? long.Parse(range[(range.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture)
            : details.ContentLength;
}
