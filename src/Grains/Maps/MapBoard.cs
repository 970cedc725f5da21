using Microsoft.Extensions.Logging;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Maps;

// Why: docs/decisions/announcing-maps.md
/// <summary>The newest map of every collection as this silo knows it: by announcements, and by looking in the store, which finds what was
/// not announced. One a silo.</summary>
internal sealed partial class MapBoard(WorkContext context, FramePlacer placer, WorkTimeouts timeouts, ILogger<MapBoard> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (MapAnnouncement? Map, long Looked)> _newest = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = NewSignal();

    /// <summary>Takes what was announced: tells who waits, lets models of older maps go, and opens the new one's.</summary>
    public async Task HearAsync(MapAnnouncement map)
    {
        LogHeard(log, map.Collection, map.Version, map.Frames);
        Put(map.Collection, map);
        try
        {
            await placer.WarmAsync(map.Collection, map.Model, CancellationToken.None);
        }
        catch (AtlasException error)
        {
            // It is opened when it is needed.
            LogNotWarm(log, map.Collection, map.Model, error.Message);
        }
    }

    /// <summary>The newest map, as soon as it is another one than is known; null if none comes within
    /// <see cref="WorkTimeouts.Question"/>.</summary>
    public async Task<MapAnnouncement?> NextAsync(string collection, string? known, CancellationToken cancellationToken)
    {
        // What this silo knows may be older than what the caller heard at another.
        if (known is null || Version(collection) != known)
        {
            await LookAsync(collection, TimeSpan.Zero, cancellationToken);
        }

        var started = context.Clock.GetTimestamp();
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_newest.GetValueOrDefault(collection).Map is { } map && map.Version != known)
                {
                    return map;
                }

                more = _news.Task;
            }

            var left = timeouts.Question - context.Clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            await more.WaitAsync(left, context.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await LookAsync(collection, timeouts.Question / 2, cancellationToken);
        lock (_lock)
        {
            return _newest.GetValueOrDefault(collection).Map is { } found && found.Version != known ? found : null;
        }
    }

    // However many wait, the store is looked at once in the time that a call may take.
    private async Task LookAsync(string collection, TimeSpan pause, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var (map, looked) = _newest.GetValueOrDefault(collection);
            if (looked != 0 && context.Clock.GetElapsedTime(looked) < pause)
            {
                return;
            }

            if (_newest.ContainsKey(collection))
            {
                _newest[collection] = (map, context.Clock.GetTimestamp());
            }
        }

        try
        {
            if (await CurrentAsync(collection, cancellationToken) is { } current && current.Version != Version(collection))
            {
                Put(collection, current);
            }
        }
        catch (AtlasException error)
        {
            // The next call looks again.
            LogNotLooked(log, collection, error.Message);
        }
    }

    private async Task<MapAnnouncement?> CurrentAsync(string collection, CancellationToken cancellationToken)
    {
        if (
            CollectionName.Problem(collection) is not null
            || await CollectionStore.OpenAsync(context.Store, collection, cancellationToken) is not { } opened
            || (await opened.MapsAsync(cancellationToken)).Current is not { } version
        )
        {
            return null;
        }

        var info = await opened.OpenMapAsync(version, cancellationToken);
        return new MapAnnouncement(collection, version, info.Model, info.Frames, info.Note);
    }

    private string? Version(string collection)
    {
        lock (_lock)
        {
            return _newest.GetValueOrDefault(collection).Map?.Version;
        }
    }

    private void Put(string collection, MapAnnouncement map)
    {
        lock (_lock)
        {
            _newest[collection] = (map, context.Clock.GetTimestamp());
            _news.TrySetResult();
            _news = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Information, "Collection {Collection}: map {Version} was published, {Frames} frames")]
    private static partial void LogHeard(ILogger log, string collection, string version, long frames);

    [LoggerMessage(LogLevel.Warning, "Collection {Collection}: its maps could not be looked at, tried again soon: {Reason}")]
    private static partial void LogNotLooked(ILogger log, string collection, string reason);

    [LoggerMessage(LogLevel.Warning, "Collection {Collection}: model {Model} could not be opened ahead of its use: {Reason}")]
    private static partial void LogNotWarm(ILogger log, string collection, string model, string reason);
}
