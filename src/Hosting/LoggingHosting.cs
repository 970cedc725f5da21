using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Hosting;

/// <summary>Logs of the programs.</summary>
public static class LoggingHosting
{
    /// <summary>Writes a log as lines to the console, with control characters that names of files hold escaped.</summary>
    /// <param name="logging">The log.</param>
    /// <param name="messageAlone">True for the message alone, on standard error; false for time, level and category before it, on standard
    /// output.</param>
    /// <param name="isFalse">Says of an entry's category and values whether it is known to be false, so not written; null for none.</param>
    public static ILoggingBuilder AddPlainConsole(
        this ILoggingBuilder logging,
        bool messageAlone = false,
        Func<string, object?, bool>? isFalse = null
    )
    {
        ArgumentNullException.ThrowIfNull(logging);
        return PlainConsoleFormatter.Add(logging, messageAlone, isFalse);
    }
}
