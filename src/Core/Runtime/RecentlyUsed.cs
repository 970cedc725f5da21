namespace OrleansAtlas.Runtime;

/// <summary>Keeps the values that were used last, a few of them; several callers who want the same one at the same time wait for one
/// reading. A reading that failed is kept for nobody but those who waited for it: the next caller reads again.</summary>
/// <param name="most">Values kept, at least 1.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(TKey Key, Task<TValue> Value)> _entries = [];

    /// <summary>The value of a key, read where it is not here.</summary>
    /// <param name="key">Names the value.</param>
    /// <param name="read">Reads it, for all who wait for it.</param>
    /// <param name="cancellationToken">Stops waiting, not reading.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var value = Take(key) is { IsFaulted: false, IsCanceled: false } kept ? kept : Task.Run(read, CancellationToken.None);
            _entries.AddFirst((key, value));
            if (_entries.Count > most)
            {
                _entries.RemoveLast();
            }

            return value.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets values go; who holds one keeps it.</summary>
    public void Forget(Func<TKey, bool> which)
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Where(entry => which(entry.Key)).ToList())
            {
                _entries.Remove(entry);
            }
        }
    }

    private Task<TValue>? Take(TKey key)
    {
        for (var entry = _entries.First; entry is not null; entry = entry.Next)
        {
            if (EqualityComparer<TKey>.Default.Equals(entry.Value.Key, key))
            {
                _entries.Remove(entry);
                return entry.Value.Value;
            }
        }

        return null;
    }
}
