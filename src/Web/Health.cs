using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web;

/// <summary>For who watches over the process, without a key: is it to be started again, can it work?</summary>
internal static partial class Health
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <summary><c>/health/live</c> answers as long as the process does; <c>/health/ready</c> looks at the store. Neither waits behind
    /// other requests.</summary>
    public static void Map(WebApplication app)
    {
        var health = app.MapGroup("/health").ExcludeFromDescription().DisableRateLimiting();
        health.MapGet("/live", () => TypedResults.Text("healthy"));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<ContentHttpResult> ReadyAsync(WebMapOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Limit);
        try
        {
            // That there is no collection yet is no fault.
            await using var names = CollectionStore.NamesAsync(options.Store, end.Token).GetAsyncEnumerator(end.Token);
            await names.MoveNextAsync();
            return TypedResults.Text("healthy");
        }
        catch (Exception error) when (error is StoreException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnready(logs.CreateLogger(typeof(Health)), error.Message);
            return TypedResults.Text("unhealthy", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store cannot be read: {Reason}")]
    private static partial void LogUnready(ILogger log, string reason);
}
