using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Hosting;

/// <summary>One line for each entry of a log, whatever names of files hold: <c>TIME LEVEL CATEGORY MESSAGE</c>, or the message
/// alone.</summary>
internal sealed class PlainConsoleFormatter(bool messageAlone, TimeProvider clock, Func<string, object?, bool>? isFalse = null)
    : ConsoleFormatter(Plain)
{
    private const string Plain = "plain";

    /// <summary>Has a program's log written so, to standard error.</summary>
    public static ILoggingBuilder Add(ILoggingBuilder logging, bool messageAlone, Func<string, object?, bool>? isFalse)
    {
        logging.AddConsole(options =>
        {
            options.FormatterName = Plain;
            options.LogToStandardErrorThreshold = messageAlone ? LogLevel.Trace : LogLevel.None;
        });
        logging.Services.AddSingleton<ConsoleFormatter>(new PlainConsoleFormatter(messageAlone, TimeProvider.System, isFalse));
        return logging;
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        if (isFalse?.Invoke(logEntry.Category, logEntry.State) == true)
        {
            return;
        }

        if (!messageAlone)
        {
            textWriter.Write($"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Level(logEntry.LogLevel)} {logEntry.Category} ");
        }

        textWriter.WriteLine(PlainText.Escape(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } error)
        {
            textWriter.WriteLine(PlainText.Escape(error.ToString(), keepLines: true));
        }
    }

    private static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "error",
            _ => "fatal",
        };
}
