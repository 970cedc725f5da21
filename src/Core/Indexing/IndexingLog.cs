using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Indexing;

/// <summary>What indexing tells the log: each failure once, where it happened.</summary>
internal static partial class IndexingLog
{
    [LoggerMessage(LogLevel.Warning, "{Collection}: the file '{Film}' failed: {Reason}")]
    public static partial void LogFileFailed(this ILogger log, string collection, string film, string reason);

    [LoggerMessage(LogLevel.Debug, "{Collection}: the file '{File}' is ignored: {Reason}")]
    public static partial void LogFileIgnored(this ILogger log, string collection, string file, string reason);

    [LoggerMessage(LogLevel.Warning, "{Collection}: segment {Segment} of film {Film} failed: {Reason}")]
    public static partial void LogSegmentFailed(this ILogger log, string collection, string film, int segment, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "{Collection}: segment {Segment} of film {Film} was reached by starting {Attempts} times, each further back"
    )]
    public static partial void LogSegmentRetried(this ILogger log, string collection, string film, int segment, int attempts);

    [LoggerMessage(LogLevel.Information, "{Collection}: segment {Segment} of film {Film} is decoded again from further back: {Reason}")]
    public static partial void LogSegmentDoubtful(this ILogger log, string collection, string film, int segment, string reason);

    [LoggerMessage(LogLevel.Warning, "{Collection}: the file '{Film}' is damaged: {Damage}")]
    public static partial void LogFileDamaged(this ILogger log, string collection, string film, string damage);

    [LoggerMessage(LogLevel.Debug, "{Collection}: segment {Segment} of film {Film} found no slot in time and is given back")]
    public static partial void LogSegmentGivenBack(this ILogger log, string collection, string film, int segment);

    [LoggerMessage(LogLevel.Warning, "{Collection}: film {Film} is given up after {Failures} failed segments; {Left} are not tried")]
    public static partial void LogFilmGivenUp(this ILogger log, string collection, string film, int failures, int left);

    [LoggerMessage(LogLevel.Information, "{Collection}: film {Film} is whole again; it had failed: {Reason}")]
    public static partial void LogFilmRepaired(this ILogger log, string collection, string film, string reason);

    [LoggerMessage(LogLevel.Information, "{Collection}: the file '{File}' has other content now; film {Film} has one name less")]
    public static partial void LogContentChanged(this ILogger log, string collection, string file, string film);

    [LoggerMessage(LogLevel.Information, "{Collection}: the file of damaged film {Film} was changed; it is done anew")]
    public static partial void LogFilmChanged(this ILogger log, string collection, string film);

    [LoggerMessage(
        LogLevel.Information,
        "{Collection}: '{File}' has the blocks that '{Film}' is known by, and is not the same: one of them is damaged; each is a film"
    )]
    public static partial void LogFilmApart(this ILogger log, string collection, string file, string film);

    [LoggerMessage(LogLevel.Debug, "{Collection}: a film was not compared with '{File}', where it was known to be: {Reason}")]
    public static partial void LogNotCompared(this ILogger log, string collection, string file, string reason);

    [LoggerMessage(LogLevel.Information, "{Collection}: refused: {Reason}")]
    public static partial void LogRefused(this ILogger log, string collection, string reason);

    [LoggerMessage(LogLevel.Information, "{Collection}: made, described by {Model} on {Provider}")]
    public static partial void LogMade(this ILogger log, string collection, string model, string provider);

    [LoggerMessage(
        LogLevel.Warning,
        "{Collection}: segment {Segment} of film {Film} has lost its times or pictures, as a loss of power leaves it, and is made again"
    )]
    public static partial void LogSegmentIncomplete(this ILogger log, string collection, string film, int segment);

    [LoggerMessage(LogLevel.Warning, "{Collection}: the store has lost what was written of '{Film}' in this run; it is done again")]
    public static partial void LogFilmLost(this ILogger log, string collection, string film);

    [LoggerMessage(LogLevel.Error, "{Collection}: the file '{File}' met a fault of the program; the others go on")]
    public static partial void LogFault(this ILogger log, Exception error, string collection, string file);
}
