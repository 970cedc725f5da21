using System.Buffers.Binary;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace OrleansAtlas.Azure;

/// <summary>Sends a blob block by block while it is written; nobody sees any of it before <see cref="CommitAsync"/>. Blocks that are never
/// committed are dropped by the service within a week.</summary>
/// <param name="blob">Which.</param>
/// <param name="failure">Tells what goes wrong.</param>
internal sealed class BlobWriter(BlockBlobClient blob, BlobFailure failure) : Stream
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 8 << 20;

    private readonly MemoryStream _block = new();

    // Of this writer's own: another may send blocks of the same blob at the same time.
    private readonly byte[] _writer = Guid.NewGuid().ToByteArray();
    private readonly List<string> _sent = [];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes a blob of what was written; may be tried again with other conditions.</summary>
    /// <exception cref="RequestFailedException">The conditions do not hold, or the service does not work.</exception>
    public async Task<ETag> CommitAsync(BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        if (_sent.Count == 0)
        {
            _block.Position = 0;
            var whole = new BlobUploadOptions { Conditions = conditions };
            return (await blob.UploadAsync(_block, whole, cancellationToken).ConfigureAwait(false)).Value.ETag;
        }

        if (_block.Length > 0)
        {
            await SendAsync(cancellationToken).ConfigureAwait(false);
        }

        var options = new CommitBlockListOptions { Conditions = conditions };
        return (await blob.CommitBlockListAsync(_sent, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _block.Write(buffer.Span);
        if (_block.Length >= BlockBytes)
        {
            await failure.GuardAsync(() => SendAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _block.Write(buffer);
        if (_block.Length >= BlockBytes)
        {
            failure.Guard(() => Sent(blob.StageBlock(NextId(), Ready())));
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _block.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken) =>
        Sent(await blob.StageBlockAsync(NextId(), Ready(), options: null, cancellationToken).ConfigureAwait(false));

    private MemoryStream Ready()
    {
        _block.Position = 0;
        return _block;
    }

    private bool Sent(Response<BlockInfo> _)
    {
        _sent.Add(NextId());
        _block.SetLength(0);
        return true;
    }

    private string NextId()
    {
        Span<byte> id = stackalloc byte[_writer.Length + sizeof(int)];
        _writer.CopyTo(id);
        BinaryPrimitives.WriteInt32BigEndian(id[_writer.Length..], _sent.Count);
        return Convert.ToBase64String(id);
    }
}
