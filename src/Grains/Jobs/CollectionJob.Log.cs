using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Grains.Jobs;

public sealed partial class CollectionJob
{
    [LoggerMessage(LogLevel.Warning, "Collection {Collection} refused a job: {Reason}")]
    private static partial void LogRefused(ILogger log, string collection, string reason);

    [LoggerMessage(LogLevel.Information, "Collection {Collection}: job {Number} waits: {Reason}")]
    private static partial void LogQueued(ILogger log, string collection, int number, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Collection {Collection}: job {Number} stopped here; it is continued unless the store records that it has ended: {Reason}"
    )]
    private static partial void LogStopped(ILogger log, string collection, int number, string reason);

    [LoggerMessage(LogLevel.Warning, "Collection {Collection}: the record of job {Number} could not be read, so it stops here: {Reason}")]
    private static partial void LogNotLooked(ILogger log, string collection, int number, string reason);

    [LoggerMessage(LogLevel.Error, "Collection {Collection}: job {Number} failed: {Reason}")]
    private static partial void LogFailed(ILogger log, Exception error, string collection, int number, string reason);
}
