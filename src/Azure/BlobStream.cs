using OrleansAtlas.Runtime;

namespace OrleansAtlas.Azure;

/// <summary>A version of a blob to be read from anywhere in it. What is read on and on is brought in growing runs of blocks.</summary>
/// <param name="version">What is read.</param>
/// <param name="failure">Tells what goes wrong.</param>
/// <param name="cache">Keeps blocks; null where each reading is to come from the service.</param>
internal sealed class BlobStream(BlobVersion version, BlobFailure failure, BlockCache? cache) : ReadOnlyStream
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 256 << 10;

    private const int MostBlocks = 16;

    private readonly string _key = cache is null ? "" : BlockCache.KeyOf(version.Address, BlobVersion.TextOf(version.Tag));
    private long _start;
    private byte[] _held = version.Start;
    private int _run = 1;

    /// <inheritdoc/>
    public override long Length => version.Length;

    private bool IsHeld => Position >= _start && Position < _start + _held.Length;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsHeld && Position < Length && !TryCached(out var next))
        {
            await failure
                .GuardAsync(
                    async () =>
                    {
                        await version.ReadAsync(next.Start, next.Bytes, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            Hold(next);
        }

        return Copy(buffer.Span);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!IsHeld && Position < Length && !TryCached(out var next))
        {
            failure.Guard(() =>
            {
                version.Read(next.Start, next.Bytes);
                return true;
            });
            Hold(next);
        }

        return Copy(buffer);
    }

    // Takes the block of the position from the cache, or says which run to bring.
    private bool TryCached(out (long Start, byte[] Bytes) next)
    {
        var block = Position / BlockBytes;
        var start = block * BlockBytes;
        var length = (int)Math.Min(BlockBytes, Length - start);
        _run = start == _start + _held.Length ? Math.Min(_run * 2, MostBlocks) : 1;
        if (cache?.TryRead(_key, block, length) is { } kept)
        {
            (_start, _held) = (start, kept);
            next = default;
            return true;
        }

        next = (start, new byte[Math.Min((long)_run * BlockBytes, Length - start)]);
        return false;
    }

    private void Hold((long Start, byte[] Bytes) run)
    {
        (_start, _held) = run;
        for (var offset = 0; cache is not null && offset < _held.Length; offset += BlockBytes)
        {
            cache.Add(_key, (_start + offset) / BlockBytes, _held.AsSpan(offset, Math.Min(BlockBytes, _held.Length - offset)));
        }
    }

    private int Copy(Span<byte> buffer)
    {
        if (!IsHeld)
        {
            return 0;
        }

        var part = _held.AsSpan((int)(Position - _start));
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        Position += part.Length;
        return part.Length;
    }
}
