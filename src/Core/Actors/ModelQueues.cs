using System.Collections.Concurrent;
using OrleansAtlas.Engine;
using OrleansAtlas.Features;
using OrleansAtlas.Store;

namespace OrleansAtlas.Actors;

/// <summary>One describing queue for each model in use, opened when first needed.</summary>
/// <param name="open">Opens the model that a collection pins, on the provider that it pins, or throws <see cref="ModelException"/>.</param>
/// <param name="ledger">Where time is counted.</param>
public sealed class ModelQueues(Func<CollectionSettings, IDescriber> open, Ledger ledger) : IDisposable
{
    private readonly ConcurrentDictionary<(string Sha256, string Provider), Lazy<DescribeQueue>> _queues = new();

    /// <summary>The queue of a collection's model.</summary>
    public DescribeQueue For(CollectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _queues.GetOrAdd((settings.Model.Sha256, settings.Profile.Provider), _ => new Lazy<DescribeQueue>(() => new DescribeQueue(() => open(settings), ledger))).Value;
    }

    /// <summary>Requests that wait for a session, over all models.</summary>
    public int Waiting => _queues.Values.Where(queue => queue.IsValueCreated).Sum(queue => queue.Value.Waiting);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var queue in _queues.Values.Where(queue => queue.IsValueCreated))
        {
            queue.Value.Dispose();
        }
    }
}
