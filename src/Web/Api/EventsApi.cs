using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>How far indexing is, told whenever it changes: the store is looked at, since it alone knows what other processes do.</summary>
internal static class EventsApi
{
    private const int NewestShown = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // A look at a large collection takes longer; looking takes at most this share of the time.
    private const int LooksPart = 20;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("{collection}/events", StreamAsync).WithSummary("Progress as server-sent events, the first at once.");

    private static async Task<Results<ServerSentEventsResult<ProgressDocument>, ProblemHttpResult>> StreamAsync(
        string collection,
        OpenMaps maps,
        CompleteFilms complete,
        IHostApplicationLifetime host,
        CancellationToken cancellationToken
    ) =>
        await maps.CollectionAsync(collection, cancellationToken) is { } found
            ? TypedResults.ServerSentEvents(ChangesAsync(found, complete, host.ApplicationStopping, cancellationToken))
            : Problems.NoCollection(collection);

    private static async IAsyncEnumerable<SseItem<ProgressDocument>> ChangesAsync(
        CollectionStore collection,
        CompleteFilms complete,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var look = new ProgressLook(collection, complete.Of(collection.Settings.Name), NewestShown);
        ProgressDocument? last = null;
        var quiet = 0;
        TimeSpan taken;
        do
        {
            var started = TimeProvider.System.GetTimestamp();
            var now = await look.LookAsync(either.Token);
            taken = TimeProvider.System.GetElapsedTime(started);
            if (last is null || !Same(last, now))
            {
                last = now;
                quiet = 0;
                yield return new(now, "progress");
            }
            else if (++quiet % 10 == 0)
            {
                // A word now and then shows a lost connection.
                yield return new(last, "alive");
            }
        } while (!stopping.IsCancellationRequested && await PauseAsync(Pause + (LooksPart * taken), either.Token));
    }

    private static async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static bool Same(ProgressDocument a, ProgressDocument b) =>
        (a.Films, a.Frames, a.Segments, a.TotalSegments, a.Map, a.Failures.Count)
        == (b.Films, b.Frames, b.Segments, b.TotalSegments, b.Map, b.Failures.Count);
}
