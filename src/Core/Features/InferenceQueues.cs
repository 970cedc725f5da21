using System.Collections.Concurrent;
using OrleansAtlas.Errors;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Features;

/// <summary>One describing queue for each model in use, opened when first needed.</summary>
/// <param name="find">Finds the model that a collection pins, or throws <see cref="ModelException"/>, and says how to open it on the
/// provider and in the precision that are pinned.</param>
/// <param name="ledger">Where time is counted.</param>
public sealed class InferenceQueues(Func<CollectionSettings, Func<IFeatureExtractor>> find, Ledger ledger) : IDisposable
{
    private readonly ConcurrentDictionary<(string Sha256, string Provider, string Precision), InferenceQueue> _queues = new();

    /// <summary>The queue of a collection's model, which is looked for once.</summary>
    /// <exception cref="ModelException">It is not found.</exception>
    public InferenceQueue For(CollectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var profile = settings.Profile;
        return _queues.GetOrAdd(
            (settings.Model.Sha256, profile.Provider, profile.Precision),
            _ => new InferenceQueue(find(settings), ledger)
        );
    }

    /// <summary>Takes over a queue whose model is open already, unless there is one for this model, provider and
    /// precision.</summary>
    public void Add(string sha256, InferenceQueue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (!_queues.TryAdd((sha256, queue.Extractor.Provider, queue.Extractor.Precision), queue))
        {
            queue.Dispose();
        }
    }

    /// <summary>Requests that wait for a session, over all models.</summary>
    public int Waiting => _queues.Values.Sum(queue => queue.Waiting);

    /// <summary>Opens every model that was asked for and is not open yet.</summary>
    /// <exception cref="ModelException">One of them cannot be opened.</exception>
    public void Open()
    {
        foreach (var queue in _queues.Values)
        {
            _ = queue.Extractor;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }
}
