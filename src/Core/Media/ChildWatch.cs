using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>Watches the limits of silence and life of a child process.</summary>
internal sealed class ChildWatch(string name, ChildLimits limits) : IDisposable
{
    private readonly PeriodicTimer _timer = new((new[] { limits.Silence, limits.Life }.Min() / 8) ?? Timeout.InfiniteTimeSpan);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _lastSign = Stopwatch.GetTimestamp();
    private volatile bool _awaited;

    /// <summary>Whether somebody waits for the child: silence counts only then.</summary>
    public bool Awaited
    {
        set => _awaited = value;
    }

    /// <summary>The child wrote something, or somebody begins to wait for it.</summary>
    public void SignOfLife() => Interlocked.Exchange(ref _lastSign, Stopwatch.GetTimestamp());

    /// <summary>Waits until a limit is passed.</summary>
    /// <returns>Which, one sentence; null where the child ended before, or this was disposed.</returns>
    public async Task<string?> PassedAsync(Func<bool> hasExited)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false) && !hasExited())
        {
            if (Passed() is { } limit)
            {
                return $"{name} was stopped after {limit}.";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private string? Passed() =>
        Stopwatch.GetElapsedTime(_started) > limits.Life ? $"{Seconds(limits.Life.Value)}, the limit for it"
        : _awaited && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastSign)) > limits.Silence
            ? $"{Seconds(limits.Silence.Value)} without any output"
        : null;

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#' s'", CultureInfo.InvariantCulture);
}
