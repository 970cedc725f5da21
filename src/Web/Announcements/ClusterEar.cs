using System.Collections.Concurrent;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Web.Announcements;

/// <summary>Hears of a cluster which maps are published, of collections that somebody has a page open of. Without a cluster, or while it is
/// away, pages find new maps by looking.</summary>
internal sealed partial class ClusterEar(WebMapOptions options, IHostApplicationLifetime life, ILogger<ClusterEar> log) : BackgroundService
{
    // Each is a call under way.
    private const int MostCollections = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, string> _newest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _heard = new(StringComparer.Ordinal);
    private AtlasClusterClient? _cluster;

    /// <summary>Whether there is a cluster to hear of.</summary>
    public bool Hears => options.Cluster is not null;

    /// <summary>The version that was published last of a collection; null while none was heard of.</summary>
    public string? Newest(string collection)
    {
        if (_heard.Count < MostCollections)
        {
            _ = _heard.GetOrAdd(collection, name => new Lazy<Task>(() => HearAsync(name, life.ApplicationStopping))).Value;
        }

        return _newest.GetValueOrDefault(collection);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_heard.Values.Select(ear => ear.Value)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Interlocked.Exchange(ref _cluster, null) is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var said = "";
        while (options.Cluster is { } address && _cluster is null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                _cluster = await AtlasClusterClient.ConnectAsync(address, stoppingToken);
                LogConnected();
            }
            catch (AtlasException error)
            {
                // Said once, not with every attempt.
                if (error.Message != said)
                {
                    LogAway(error.Message);
                }

                said = error.Message;
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(string collection, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_cluster is { } cluster)
                {
                    await foreach (var map in cluster.WatchMapsAsync(collection, _newest.GetValueOrDefault(collection), cancellationToken))
                    {
                        _newest[collection] = map.Version;
                    }
                }
            }
            catch (Exception error) when (error is AtlasException or TimeoutException)
            {
                // What was heard last may not be the newest any more.
                _newest.TryRemove(collection, out _);
                LogAway(error.Message);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "New maps are not heard of, they are found by looking until this ends: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "New maps are heard of from the cluster")]
    private partial void LogConnected();
}
