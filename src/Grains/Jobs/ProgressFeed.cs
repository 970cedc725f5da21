using System.Runtime.CompilerServices;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Progress for any number of watchers: each receives the newest report of every step, a few times a second, and the last
/// messages. A slow watcher misses reports that a newer one replaced.</summary>
public sealed class ProgressFeed(TimeProvider clock) : IProgress<ProgressReport>
{
    private const int MessagesKept = 200;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ProgressReport> _messages = [];
    private readonly Dictionary<string, (long Number, ProgressReport Report)> _steps = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = NewSignal();
    private long _number;
    private bool _ended;

    /// <summary>The newest of every step, in the order the steps began.</summary>
    public IReadOnlyList<ProgressReport> Now => [.. After(0).Where(report => report.Message is null)];

    /// <inheritdoc/>
    public void Report(ProgressReport value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            _number++;
            _steps[value.Step] = (_number, value with { Message = null });
            if (value.Message is not null)
            {
                _messages[_number] = value;
                if (_messages.Count > MessagesKept)
                {
                    _messages.Remove(_messages.Keys.First());
                }
            }

            Tell();
        }
    }

    /// <summary>Completes every watcher's stream after the reports so far.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Tell();
        }
    }

    /// <summary>Streams the reports so far, then new ones, until the feed ends.</summary>
    public async IAsyncEnumerable<ProgressReport> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (seen, ended) = (0L, false);
        while (!ended)
        {
            IReadOnlyList<ProgressReport> news;
            Task more;
            lock (_lock)
            {
                news = After(seen);
                (seen, ended, more) = (_number, _ended, _news.Task);
            }

            foreach (var report in news)
            {
                yield return report;
            }

            if (!ended)
            {
                await Task.Delay(Pace, clock, cancellationToken).ConfigureAwait(false);
                await more.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<ProgressReport> After(long number)
    {
        lock (_lock)
        {
            return
            [
                .. _steps
                    .Values.Select(step => (step.Number, step.Report))
                    .Concat(_messages.Select(message => (Number: message.Key, Report: message.Value)))
                    .Where(entry => entry.Number > number)
                    .OrderBy(entry => entry.Number)
                    .Select(entry => entry.Report),
            ];
        }
    }

    private void Tell()
    {
        _news.TrySetResult();
        _news = NewSignal();
    }
}
