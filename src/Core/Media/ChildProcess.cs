using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Media;

/// <summary>What a child process may use before it is stopped.</summary>
public sealed record ChildLimits
{
    /// <summary>Longest silence on both output pipes while somebody waits for output; null for no limit.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Longest life of the process; null for no limit.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>Address space in bytes, held by <c>prlimit</c> where that program is there; null for no limit.</summary>
    public long? AddressSpace { get; init; }

    /// <summary>Time between the polite stop and the kill, and again after the kill.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>How a child process ended.</summary>
/// <param name="Code">Exit code; above 128 for a signal.</param>
/// <param name="Stopped">Which limit stopped it, one sentence; null where it ended by itself.</param>
/// <param name="ErrorTail">Its last lines on standard error.</param>
public sealed record ChildExit(int Code, string? Stopped, string ErrorTail);

/// <summary>A program run as a child: output through pipes that are read as they are asked for, limits, and an end in any case.</summary>
/// <remarks>Standard error is always drained, so that a child never hangs on it; one reader of standard output at a time.</remarks>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Sigint = 2;

    // A machine that is short of processors or memory takes its time to bury a process.
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);
    private static readonly Lazy<string?> Prlimit = new(() => OnPath("prlimit"));

    private readonly Process _process;
    private readonly string _name;
    private readonly ChildLimits _limits;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _cancelled;
    private readonly ErrorLines _errors;
    private readonly Task _errorPump;
    private readonly PeriodicTimer _timer;
    private readonly Task _watch;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _lastSign = Stopwatch.GetTimestamp();
    private volatile bool _awaited;
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
        Id = process.Id;
        _name = name;
        _limits = limits;
        _errors = new ErrorLines(process.StandardError, onErrorLine, SignOfLife);
        _errorPump = _errors.PumpAsync(_ended.Token);
        _timer = new PeriodicTimer((new[] { limits.Silence, limits.Life }.Min() / 8) ?? Timeout.InfiniteTimeSpan);
        _watch = WatchAsync();
        _cancelled = cancellationToken.Register(Interrupt);
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
        var limited = limits.AddressSpace is not null && Prlimit.Value is not null;
        var start = new ProcessStartInfo(limited ? Prlimit.Value! : program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (limited)
        {
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--as={limits.AddressSpace}"));
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ChildProcess(process, Path.GetFileName(program), limits, onErrorLine, cancellationToken);
    }

    /// <summary>Fills the buffer from standard output.</summary>
    /// <returns>Bytes read: less than the buffer holds only where the output ended.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        SignOfLife();
        _awaited = true;
        try
        {
            while (read < buffer.Length)
            {
                var count = await _process.StandardOutput.BaseStream.ReadAsync(buffer[read..], cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                SignOfLife();
                read += count;
            }
        }
        finally
        {
            _awaited = false;
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

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Waits until the child ended by itself or by a limit. Its output must have been read to the end.</summary>
    public async Task<ChildExit> WaitAsync(CancellationToken cancellationToken)
    {
        _awaited = true;
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await _errorPump.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new ChildExit(_process.ExitCode, _stopped, _errors.Tail);
    }

    /// <summary>Ends the child: its output is closed and it is interrupted, after <see cref="ChildLimits.Grace"/> it is killed.</summary>
    /// <exception cref="TimeoutException">It survived even that.</exception>
    public async ValueTask StopAsync()
    {
        // A child that hangs in a write to a full pipe hears the signal only once the pipe is broken.
        _process.StandardOutput.Close();
        await EndAsync().ConfigureAwait(false);
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
            _timer.Dispose();
            await _ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_errorPump, _watch).ConfigureAwait(false);
            _ended.Dispose();
            _process.Dispose();
        }
    }

    private async Task EndAsync()
    {
        Interrupt();
        if (!await ExitsAsync(_limits.Grace).ConfigureAwait(false))
        {
            _process.Kill(entireProcessTree: true);
            if (!await ExitsAsync(AfterKill).ConfigureAwait(false))
            {
                throw new TimeoutException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{_name} (process {Id}) is still there {AfterKill.TotalSeconds:0.#} s after it was killed; look for a "
                            + $"hanging disk."
                    )
                );
            }
        }
    }

    private async Task<bool> ExitsAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    private void Interrupt()
    {
        if (_process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
        else
        {
            _ = SendSignal(Id, Sigint);
        }
    }

    private void SignOfLife() => Interlocked.Exchange(ref _lastSign, Stopwatch.GetTimestamp());

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false) && !_process.HasExited)
        {
            _stopped = OverLimit();
            if (_stopped is not null)
            {
                await EndAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private string? OverLimit() =>
        Stopwatch.GetElapsedTime(_started) > _limits.Life
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{_name} was stopped after {_limits.Life.Value.TotalSeconds:0.#} s, the limit for it."
            )
        : _awaited && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastSign)) > _limits.Silence
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{_name} was stopped after {_limits.Silence.Value.TotalSeconds:0.#} s without any output."
            )
        : null;

    /// <summary>Looks for a program in the folders of PATH.</summary>
    internal static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
