using OrleansAtlas.Errors;
using OrleansAtlas.Media;

namespace OrleansAtlas.Azure;

/// <summary>A film in a container.</summary>
/// <param name="version">The blob as it was when it was opened.</param>
/// <param name="failure">Tells what goes wrong.</param>
internal sealed class BlobFilm(BlobVersion version, BlobFailure failure) : RemoteFilm
{
    /// <inheritdoc/>
    public override long Length => version.Length;

    /// <inheritdoc/>
    public override string? Tag => BlobVersion.TextOf(version.Tag);

    /// <inheritdoc/>
    public override async Task ReadAsync(long offset, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        if (offset + bytes.Length <= version.Start.Length)
        {
            version.Start.AsMemory((int)offset, bytes.Length).CopyTo(bytes);
            return;
        }

        try
        {
            await failure
                .GuardAsync(
                    async () =>
                    {
                        await version.ReadAsync(offset, bytes, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (AtlasException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
