using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Logs what happens to one piece of work, with its collection, film and segment as fields.</summary>
/// <param name="log">Where entries go.</param>
/// <param name="collection">Name of the collection.</param>
/// <param name="film">Id of the film; <see cref="All"/> for work on the whole collection.</param>
/// <param name="segment">Number of the segment; <see cref="All"/> for work on the whole film.</param>
public sealed partial class WorkLog(ILogger log, string collection, string film = WorkLog.All, string segment = WorkLog.All)
{
    /// <summary>The film or segment of work that is not limited to one.</summary>
    public const string All = "all";

    /// <summary>The work failed for a reason that was foreseen.</summary>
    public void Failed(string reason) => LogFailed(log, collection, film, segment, reason);

    /// <summary>The work failed with an exception.</summary>
    public void Failed(Exception error) => LogException(log, error, collection, film, segment, error.Message);

    /// <summary>The work was cancelled before it ended.</summary>
    public void Stopped() => LogStopped(log, collection, film, segment);

    /// <summary>A call for the work was lost and is made again.</summary>
    public void Retried(int attempt, Exception error) => LogRetried(log, collection, film, segment, attempt, error.Message);

    /// <summary>A silo had no free slot, which is usual, or with a reason lacks what the work needs; it goes to another silo.</summary>
    public void Refused(string? reason) =>
        LogRefused(log, reason is null ? LogLevel.Debug : LogLevel.Information, collection, film, segment, reason ?? "no free slot");

    /// <summary>No silo is able to do the work, and none is asked any more.</summary>
    public void GivenUp(string? reason) => LogGivenUp(log, collection, film, segment, reason);

    [LoggerMessage(LogLevel.Warning, "Collection {Collection}, film {Film}, segment {Segment}: failed: {Reason}")]
    private static partial void LogFailed(ILogger log, string collection, string film, string segment, string reason);

    [LoggerMessage(LogLevel.Error, "Collection {Collection}, film {Film}, segment {Segment}: failed: {Reason}")]
    private static partial void LogException(ILogger log, Exception error, string collection, string film, string segment, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "Collection {Collection}, film {Film}, segment {Segment}: stopped before the end; what was done is kept"
    )]
    private static partial void LogStopped(ILogger log, string collection, string film, string segment);

    [LoggerMessage(
        LogLevel.Warning,
        "Collection {Collection}, film {Film}, segment {Segment}: call {Attempt} was lost and is repeated: {Reason}"
    )]
    private static partial void LogRetried(ILogger log, string collection, string film, string segment, int attempt, string reason);

    [LoggerMessage("Collection {Collection}, film {Film}, segment {Segment}: refused by a silo, tried on another: {Reason}")]
    private static partial void LogRefused(ILogger log, LogLevel level, string collection, string film, string segment, string reason);

    [LoggerMessage(LogLevel.Error, "Collection {Collection}, film {Film}, segment {Segment}: given up, no silo is able to do it: {Reason}")]
    private static partial void LogGivenUp(ILogger log, string collection, string film, string segment, string? reason);
}
