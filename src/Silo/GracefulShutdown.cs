using StackExchange.Redis;

namespace OrleansAtlas.Silo;

/// <summary>Runs a silo until it is asked to stop, and limits the time that stopping takes: without the cluster's Redis a silo would try
/// to leave the cluster for ever. A silo that does not leave in time ends with <see cref="Forced"/>; only the segments under way are
/// lost, and the other silos declare it dead.</summary>
internal static partial class GracefulShutdown
{
    /// <summary>Exit code of a silo that had to be ended before it had left the cluster.</summary>
    public const int Forced = 4;

    /// <summary>Exit code of a silo that did not start.</summary>
    public const int NotStarted = 2;

    // Beyond what the host gives its services, so that a silo that is leaving is not ended early.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <returns>The exit code: 0, <see cref="Forced"/> or <see cref="NotStarted"/>.</returns>
    public static async Task<int> RunToTheEndAsync(this WebApplication app)
    {
        // Asked for here: when it has run, the app has no services any more.
        var (settings, log, logs) = (app.Services.Settings(), app.Logger, app.Services.GetRequiredService<ILoggerFactory>());
        var limit = settings.StopLimit;
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        using var end = new Timer(_ => Exit(logs, log, (limit + Margin).TotalSeconds));
        using var asked = stopping.Register(() => end.Change(limit + Margin, Timeout.InfiniteTimeSpan));
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (stopping.IsCancellationRequested && started.IsCancellationRequested && IsCancellation(error))
        {
            LogForced(log, limit.TotalSeconds);
            return Forced;
        }
        catch (Exception error) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // What breaks while starting, once stopping was asked for, breaks because of that; Orleans has several exceptions for it.
            LogNotStarted(log, error);
            return 0;
        }
        catch (Exception error) when (!started.IsCancellationRequested && RedisFault(error) is { } reason)
        {
            LogNoRedis(log, settings.Redis, reason);
            return NotStarted;
        }
    }

    private static string? RedisFault(Exception error) =>
        error is RedisException ? error.Message
        : error is AggregateException several ? several.InnerExceptions.Select(RedisFault).FirstOrDefault(reason => reason is not null)
        : error.InnerException is { } inner ? RedisFault(inner)
        : null;

    private static void Exit(ILoggerFactory logs, ILogger log, double seconds)
    {
        LogForced(log, seconds);
        logs.Dispose(); // Writes what is queued.
        Environment.Exit(Forced);
    }

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException || (error is AggregateException all && all.InnerExceptions.All(IsCancellation));

    [LoggerMessage(
        LogLevel.Error,
        "The silo did not leave the cluster within {Seconds} s and is ended: its segments under way are lost; check the cluster's Redis"
    )]
    private static partial void LogForced(ILogger log, double seconds);

    [LoggerMessage(LogLevel.Information, "Stopped before it had started")]
    private static partial void LogNotStarted(ILogger log, Exception error);

    [LoggerMessage(
        LogLevel.Critical,
        "The silo did not start: Redis at '{Redis}' does not let it in or is not there ({Reason}); check Atlas:Redis, RedisUser, "
            + "RedisPasswordFile, RedisTls and RedisAuthorityFile, and start it again"
    )]
    private static partial void LogNoRedis(ILogger log, string redis, string reason);
}
