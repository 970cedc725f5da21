using System.Diagnostics.CodeAnalysis;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Values in memory up to a number of bytes; those used longest ago go first.</summary>
internal sealed class BoundedCache<TKey, TValue>(long most, Func<TValue, long> size)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();
    private long _bytes;

    /// <summary>Bytes held.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(key, out var node))
            {
                _order.Remove(node);
                _order.AddLast(node);
                value = node.Value.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (!_nodes.ContainsKey(key))
            {
                _nodes[key] = _order.AddLast((key, value));
                _bytes += size(value);
            }

            while (_bytes > most && _order.First is { } oldest)
            {
                _order.RemoveFirst();
                _nodes.Remove(oldest.Value.Key);
                _bytes -= size(oldest.Value.Value);
            }
        }
    }
}
