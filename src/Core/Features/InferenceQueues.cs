using System.Collections.Concurrent;
using OrleansAtlas.Errors;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Features;

/// <summary>One describing queue for each model in use, opened when first needed.</summary>
/// <param name="open">Opens the model that a collection pins, on the provider that it pins, or throws <see cref="ModelException"/>.</param>
/// <param name="ledger">Where time is counted.</param>
public sealed class InferenceQueues(Func<CollectionSettings, IFeatureExtractor> open, Ledger ledger) : IDisposable
{
    private readonly ConcurrentDictionary<(string Sha256, string Provider), InferenceQueue> _queues = new();

    /// <summary>The queue of a collection's model.</summary>
    public InferenceQueue For(CollectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _queues.GetOrAdd((settings.Model.Sha256, settings.Profile.Provider), _ => new InferenceQueue(() => open(settings), ledger));
    }

    /// <summary>Takes over a queue whose model is open already, unless there is one for this model and provider.</summary>
    public void Add(string sha256, InferenceQueue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (!_queues.TryAdd((sha256, queue.Extractor.Provider), queue))
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
