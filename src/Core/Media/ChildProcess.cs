using System.Diagnostics;
using System.Text;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

// Why: docs/decisions/ffmpeg-through-ffmpegcore.md
/// <summary>A program run as a child: output through pipes that are read as they are asked for, limits, and an end in any case.</summary>
/// <remarks>Standard error is always drained, so that a child never hangs on it; one reader of standard output at a time.</remarks>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ChildStop _stop;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _cancelled;
    private readonly ErrorLines _errors;
    private readonly Task _errorPump;
    private readonly ChildWatch _watch;
    private readonly string? _outOfTime;
    private readonly Task _watching;
    private readonly Stage _stage;
    private volatile string? _stopped;

    private ChildProcess(
        Process process,
        string name,
        ChildLimits limits,
        Func<string, CancellationToken, ValueTask>? onErrorLine,
        CancellationToken cancellationToken
    )
    {
        _process = process;
        (Id, _stage) = (process.Id, limits.Stage);
        _stop = new ChildStop(process, name, limits.Grace);
        _watch = new ChildWatch(name, limits);
        _outOfTime = limits.Processor is { } time
            ? $"{name} was stopped after {time.TotalSeconds:0} s of processor time, the limit for it."
            : null;
        _errors = new ErrorLines(process.StandardError, onErrorLine, _watch.SignOfLife);
        _errorPump = _errors.PumpAsync(_ended.Token);
        _watching = KeepLimitsAsync();
        _cancelled = cancellationToken.Register(_stop.Interrupt);
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Starts a program. Arguments go to it as they are: no shell is involved.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="onErrorLine">Called for each line of standard error, in order; a slow callback holds the child back.</param>
    /// <param name="cancellationToken">Interrupts the child at once; disposing ends it for certain.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        ChildLimits limits,
        Func<string, CancellationToken, ValueTask>? onErrorLine,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var process = ChildCommand.Start(program, arguments, limits);
        return new ChildProcess(process, Path.GetFileName(program), limits, onErrorLine, cancellationToken);
    }

    /// <summary>Fills the buffer from standard output.</summary>
    /// <returns>Bytes read: less than the buffer holds only where the output ended.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        _watch.SignOfLife();
        _watch.Awaited = true;
        try
        {
            while (read < buffer.Length)
            {
                var count = await _process.StandardOutput.BaseStream.ReadAsync(buffer[read..], cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                _watch.SignOfLife();
                read += count;
            }
        }
        finally
        {
            _watch.Awaited = false;
        }

        return read;
    }

    /// <summary>Reads standard output as UTF-8 to its end.</summary>
    /// <returns>The text; null where it is longer than the limit, and then the child is stopped.</returns>
    public async Task<string?> ReadTextAsync(int maximumBytes, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; )
        {
            if (text.Length + count > maximumBytes)
            {
                await StopAsync().ConfigureAwait(false);
                return null;
            }

            await text.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Waits until the child ended by itself or by a limit. Its output must have been read to the end.</summary>
    public async Task<ChildExit> WaitAsync(CancellationToken cancellationToken)
    {
        _watch.Awaited = true;
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await _errorPump.WaitAsync(cancellationToken).ConfigureAwait(false);
        var stopped = _stopped ?? (_process.ExitCode == ChildCommand.OutOfProcessorTime ? _outOfTime : null);
        return new ChildExit(_process.ExitCode, stopped, _errors.Tail);
    }

    /// <summary>Ends the child: its output is closed and it is interrupted, after <see cref="ChildLimits.Grace"/> it is killed.</summary>
    /// <exception cref="TimeoutException">It survived even that.</exception>
    public async ValueTask StopAsync()
    {
        // A child that hangs in a write to a full pipe hears the signal only once the pipe is broken.
        _process.StandardOutput.Close();
        await _stop.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the child if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cancelled.DisposeAsync().ConfigureAwait(false);
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            ProcessorTime.Ended(_stage);
            _watch.Dispose();
            await _ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_errorPump, _watching).ConfigureAwait(false);
            _ended.Dispose();
            _process.Dispose();
        }
    }

    private async Task KeepLimitsAsync()
    {
        _stopped = await _watch.PassedAsync(() => _process.HasExited).ConfigureAwait(false);
        if (_stopped is not null)
        {
            await _stop.StopAsync().ConfigureAwait(false);
        }
    }
}
