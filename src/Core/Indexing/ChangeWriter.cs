using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Writes down what a run finds otherwise while it works, each thing once: a run that is killed has told of all but what it came
/// to in its last seconds.</summary>
/// <param name="collection">The collection.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class ChangeWriter(CollectionStore collection, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly DateTimeOffset _run = clock.GetUtcNow();
    private IndexChanges _written = new();

    /// <summary>Writes what is new since the last call.</summary>
    /// <param name="now">All that was found so far.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(IndexChanges now, CancellationToken cancellationToken)
    {
        await collection.AddChangesAsync(now.Without(_written), _run, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        _written = now;
    }

    /// <summary>Writes again and again, until it is cancelled.</summary>
    /// <param name="found">All that was found so far.</param>
    /// <param name="cancellationToken">Ends it; between two writes, not within one.</param>
    public async Task WriteNowAndThenAsync(Func<IndexChanges> found, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            await WriteAsync(found(), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
