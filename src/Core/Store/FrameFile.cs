using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Store;

/// <summary>The frames of one segment in the store, read one at a time: a JPEG pack (<see cref="FramePack"/>) or a raw array
/// (<see cref="FramePackRaw"/>). One reader at a time, since the stream has one position.</summary>
public abstract class FrameFile : IAsyncDisposable
{
    private protected FrameFile(Stream stream, int count) => (Stream, Count) = (stream, count);

    /// <summary>Frames in the file.</summary>
    public int Count { get; }

    private protected Stream Stream { get; }

    /// <summary>Opens either kind, told apart by its first bytes.</summary>
    /// <param name="stream">A stream that seeks; the file owns it from here on.</param>
    /// <param name="codec">Decodes the frames of a JPEG pack.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="DamagedFileException">The file is neither, or damaged.</exception>
    public static async Task<FrameFile> OpenAsync(Stream stream, IImageCodec codec, CancellationToken cancellationToken)
    {
        var start = await ReadAsync(stream, 0, FramePack.HeaderLength, cancellationToken).ConfigureAwait(false);
        return FramePack.IsPack(start)
            ? await FramePack.OpenAsync(stream, start, codec, cancellationToken).ConfigureAwait(false)
            : await FramePackRaw.OpenAsync(stream, start, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads one frame.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="DamagedFileException">The file is damaged.</exception>
    public Task<RgbImage> ReadAsync(int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return ReadFrameAsync(index, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<RgbImage> ReadFrameAsync(int index, CancellationToken cancellationToken);

    private protected static async Task<byte[]> ReadAsync(Stream stream, long offset, int length, CancellationToken cancellationToken)
    {
        if (offset < 0 || length < 0 || offset + length > stream.Length)
        {
            throw new DamagedFileException(
                $"The frame file ends at byte {stream.Length}, where {length} bytes from {offset} on were expected: it is cut "
                    + "short or damaged."
            );
        }

        var bytes = new byte[length];
        stream.Position = offset;
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
