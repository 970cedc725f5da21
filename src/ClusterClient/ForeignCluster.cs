using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace OrleansAtlas.ClusterClient;

/// <summary>Hears whether a silo that was asked by its own address is another cluster's. Orleans tells so in its log alone.</summary>
internal sealed partial class ForeignCluster : ILoggerProvider, ILogger
{
    /// <summary>The id of the silo's cluster; null while none has said it.</summary>
    public string? Id { get; private set; }

    /// <summary>The id that an exception names; null where it is about something else.</summary>
    public static string? IdIn(Exception? error) =>
        error switch
        {
            null => null,
            AggregateException several => several.InnerExceptions.Select(IdIn).FirstOrDefault(id => id is not null),
            _ when Foreign().Match(error.Message) is { Success: true } said => said.Groups[1].Value,
            _ => IdIn(error.InnerException),
        };

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Id ??= IdIn(exception);

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose() { }

    [GeneratedRegex("Unexpected cluster id \"(.*)\", expected")]
    private static partial Regex Foreign();
}
