namespace OrleansAtlas.Web.Maps;

/// <summary>The values used last, a fixed number of them; each is made once, also when several ask for it at the same time.</summary>
internal sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly List<(TKey Key, Lazy<Task<TValue>> Value)> _held = [];

    /// <summary>The value, made on a thread of its own where it is not held.</summary>
    public Task<TValue> GetAsync(TKey key, Func<TValue> make) => GetAsync(key, () => Task.Run(make));

    /// <summary>The value, made where it is not held. One that could not be made is forgotten.</summary>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> make)
    {
        Lazy<Task<TValue>> value;
        lock (_lock)
        {
            var at = _held.FindIndex(item => item.Key.Equals(key));
            value =
                at >= 0 && _held[at].Value is not { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } }
                    ? _held[at].Value
                    : new(make);
            if (at >= 0)
            {
                _held.RemoveAt(at);
            }

            _held.Add((key, value));
            if (_held.Count > most)
            {
                _held.RemoveAt(0);
            }
        }

        return value.Value;
    }
}
