using OrleansAtlas.Runtime;

namespace OrleansAtlas.Store;

/// <summary>The content of a stored artifact that is not JSON, without the checksum behind it; parts of it are read unchecked.</summary>
public sealed class ContentStream : ReadOnlyStream
{
    private readonly Stream _stored;

    private ContentStream(Stream stored, long length) => (_stored, Length) = (stored, length);

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _stored.Position;
        set => _stored.Position = value;
    }

    /// <summary>Opens the content of what a stream holds; one without a checksum, from an older version, is content to its end.</summary>
    /// <param name="stored">A stream that seeks, at its start; owned from here on.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ContentStream> OpenAsync(Stream stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var length = stored.Length;
        if (length >= Checksum.TrailerLength)
        {
            var last = new byte[Checksum.TrailerLength];
            stored.Position = length - last.Length;
            await stored.ReadExactlyAsync(last, cancellationToken).ConfigureAwait(false);
            stored.Position = 0;
            length -= Checksum.IsTrailer(last) ? last.Length : 0;
        }

        return new ContentStream(stored, length);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _stored.Read(buffer[..Left(buffer.Length)]);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _stored.ReadAsync(buffer[..Left(buffer.Length)], cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stored.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Left(int wanted) => (int)Math.Clamp(Length - _stored.Position, 0, wanted);
}
