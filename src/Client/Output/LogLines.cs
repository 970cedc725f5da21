using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrleansAtlas.Client.Output;

/// <summary>What the program logs, as plain lines on standard error.</summary>
internal static class LogLines
{
    private const string Plain = "plain";

    /// <summary>Warnings, or with <paramref name="verbose"/> everything.</summary>
    public static ILoggingBuilder AddPlainLines(this ILoggingBuilder logging, bool verbose)
    {
        logging.AddConsole(options =>
        {
            options.FormatterName = Plain;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<Formatter, ConsoleFormatterOptions>();
        return logging
            .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Warning)
            // Films that fail are in the answer.
            .AddFilter("OrleansAtlas.Indexing", verbose ? LogLevel.Debug : LogLevel.Error);
    }

    private sealed class Formatter() : ConsoleFormatter(Plain)
    {
        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is not null)
            {
                textWriter.WriteLine(logEntry.Exception);
            }
        }
    }
}
