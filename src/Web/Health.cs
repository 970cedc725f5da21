using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web;

/// <summary>For who runs the server: does it answer, and can it read the store? Neither asks for a key, nor tells more.</summary>
internal static partial class Health
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(WebMapOptions options, ILogger<WebMapOptions> log, CancellationToken cancellationToken)
    {
        try
        {
            await using var names = CollectionStore.NamesAsync(options.Store, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await names.MoveNextAsync().AsTask().WaitAsync(Limit, cancellationToken);
            return Results.Text("ready");
        }
        catch (Exception error) when (error is AtlasException or TimeoutException)
        {
            LogNotReady(log, error.Message);
            return Results.Text("the store cannot be read; the log says why", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not ready, the store cannot be read: {Reason}")]
    private static partial void LogNotReady(ILogger log, string reason);
}
