namespace OrleansAtlas.Silo;

/// <summary>Runs a silo until it is asked to stop, and ends the process also where that does not work: a silo that cannot reach the
/// cluster's Redis any more would try to take its leave for ever. Nothing is lost then but the segments in hand; the others see it
/// dead.</summary>
internal static partial class GracefulShutdown
{
    // Beyond what the host gives its services, so that one that takes its leave is not cut short.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static async Task RunToTheEndAsync(this WebApplication app)
    {
        // Asked for here: when it has run, the app has no services any more.
        var (limit, log) = (app.Services.Settings().StopLimit, app.Logger);
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        using var end = new Timer(_ => Environment.Exit(0));
        using var asked = stopping.Register(() => end.Change(limit + Margin, Timeout.InfiniteTimeSpan));
        try
        {
            await app.RunAsync();
        }
        catch (Exception error) when (stopping.IsCancellationRequested && started.IsCancellationRequested && IsCancellation(error))
        {
            LogCutShort(log, limit.TotalSeconds);
        }
        catch (Exception error) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // What breaks while starting, once stopping was asked for, breaks because of that; Orleans has several exceptions for it.
            LogNotStarted(log, error);
        }
    }

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException || (error is AggregateException all && all.InnerExceptions.All(IsCancellation));

    [LoggerMessage(LogLevel.Warning, "Stopping took more than {Seconds} s and was cut short: is the cluster's Redis there?")]
    private static partial void LogCutShort(ILogger log, double seconds);

    [LoggerMessage(LogLevel.Information, "Stopped before it had started")]
    private static partial void LogNotStarted(ILogger log, Exception error);
}
