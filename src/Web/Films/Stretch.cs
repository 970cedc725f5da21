using System.Threading.Channels;
using System.Threading.RateLimiting;
using OrleansAtlas.Media;

namespace OrleansAtlas.Web.Films;

// Why: docs/decisions/serving-films.md
/// <summary>A stretch of a film that is being made. ffmpeg writes into a temporary file as fast as it can, and gives its slot back when it
/// is done; the reader follows as fast as it likes.</summary>
internal sealed class Stretch : IAsyncDisposable
{
    /// <summary>Largest stretch in bytes; a minute takes about 16 million.</summary>
    public const long MostBytes = 64L << 20;

    private readonly (TimeSpan Time, TimeProvider Clock) _patience;
    private readonly CancellationTokenSource _ends;
    private readonly FileStream _file;
    private readonly Task _making;

    // How much of the file is there; who reads late hears of the last length only.
    private readonly Channel<long> _lengths = Channel.CreateBounded<long>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Begins.</summary>
    /// <param name="start">Starts ffmpeg.</param>
    /// <param name="slot">Is given back once ffmpeg ended.</param>
    /// <param name="patience">How long the reader may take nothing.</param>
    /// <param name="ends">Ends ffmpeg.</param>
    public Stretch(Func<ChildProcess> start, RateLimitLease slot, (TimeSpan, TimeProvider) patience, CancellationTokenSource ends)
    {
        (_patience, _ends) = (patience, ends);
        try
        {
            _file = OpenFile();
        }
        catch
        {
            slot.Dispose();
            throw;
        }

        _making = Task.Run(() => MakeAsync(start, slot), CancellationToken.None);
    }

    /// <summary>Ends once ffmpeg ended, and its slot is free.</summary>
    public Task Made => _making;

    /// <summary>Writes it to the reader as it is made.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="cancellationToken">The reader went away.</param>
    /// <returns>False where the reader took nothing for too long.</returns>
    public async Task<bool> WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var at = 0L;
        await foreach (var length in _lengths.Reader.ReadAllAsync(cancellationToken))
        {
            while (at < length)
            {
                var read = await RandomAccess.ReadAsync(_file.SafeFileHandle, buffer, at, cancellationToken);
                at += read;
                try
                {
                    await target
                        .WriteAsync(buffer.AsMemory(0, read), cancellationToken)
                        .AsTask()
                        .WaitAsync(_patience.Time, _patience.Clock, cancellationToken);
                }
                catch (TimeoutException)
                {
                    return false;
                }
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _making;
        _ends.Dispose();
        await _file.DisposeAsync();
    }

    private async Task MakeAsync(Func<ChildProcess> start, RateLimitLease slot)
    {
        try
        {
            using (slot)
            {
                await using var child = start();
                var buffer = new byte[1 << 15];
                var length = 0L;
                for (int read; length < MostBytes && (read = await child.ReadAsync(buffer, _ends.Token)) > 0; )
                {
                    await RandomAccess.WriteAsync(_file.SafeFileHandle, buffer.AsMemory(0, read), length, _ends.Token);
                    length += read;
                    _lengths.Writer.TryWrite(length);
                }
            }

            _lengths.Writer.Complete();
        }
        catch (OperationCanceledException)
        {
            // The server ends, or nobody reads any more: what was sent so far is all there is.
            _lengths.Writer.Complete();
        }
#pragma warning disable CA1031 // Whatever it is, who reads is told.
        catch (Exception error)
        {
            _lengths.Writer.Complete(error);
        }
#pragma warning restore CA1031
    }

    private static FileStream OpenFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"atlas-{Guid.NewGuid():N}.webm");
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                BufferSize = 0,
            }
        );
        if (!OperatingSystem.IsWindows())
        {
            // Open all the same, and gone with this process however it ends.
            File.Delete(path);
        }

        return file;
    }
}
