using Microsoft.Extensions.Logging;
using OrleansAtlas.Hosting;

namespace OrleansAtlas.Client.Output;

/// <summary>What the program logs, as plain lines on standard error.</summary>
internal static class LogLines
{
    /// <summary>Warnings, or with <paramref name="verbose"/> everything.</summary>
    public static ILoggingBuilder AddPlainLines(this ILoggingBuilder logging, bool verbose) =>
        logging
            .AddPlainConsole(messageAlone: true)
            .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Warning)
            // Films that fail are in the answer.
            .AddFilter("OrleansAtlas.Indexing", verbose ? LogLevel.Debug : LogLevel.Error);
}
