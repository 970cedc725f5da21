using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

/// <summary>A film elsewhere as a stream, each read a range of its own.</summary>
internal sealed class RemoteStream(RemoteFilm film) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override long Length => film.Length;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..(int)Math.Clamp(Length - Position, 0, buffer.Length)];
        if (part.Length > 0)
        {
            await film.ReadAsync(Position, part, cancellationToken).ConfigureAwait(false);
        }

        Position += part.Length;
        return part.Length;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Read what is elsewhere asynchronously.");
}
