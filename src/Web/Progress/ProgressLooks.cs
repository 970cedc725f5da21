using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Web.Progress;

/// <summary>Looks at collections for everyone who asks: however many do, a collection is looked at now and then.</summary>
internal sealed class ProgressLooks(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    // A look at a large collection takes longer; looking takes at most this share of the time.
    private const int LooksPart = 20;

    private readonly ConcurrentDictionary<string, Collection> _collections = new(StringComparer.Ordinal);

    public Task<Seen> LookAsync(CollectionStore collection, CancellationToken cancellationToken) =>
        _collections.GetOrAdd(collection.Settings.Name, _ => new(clock, collection)).LookAsync(cancellationToken);

    public void Dispose()
    {
        foreach (var collection in _collections.Values)
        {
            collection.Dispose();
        }
    }

    private sealed class Collection(TimeProvider clock, CollectionStore store) : IDisposable
    {
        private readonly SemaphoreSlim _one = new(1);
        private readonly ProgressLook _look = new(store, clock);
        private Seen? _seen;
        private long _next;

        public async Task<Seen> LookAsync(CancellationToken cancellationToken)
        {
            await _one.WaitAsync(cancellationToken);
            try
            {
                var started = clock.GetTimestamp();
                if (_seen is not null && started < _next)
                {
                    return _seen;
                }

                var now = await _look.LookAsync(cancellationToken);
                var pause = Pause + (LooksPart * clock.GetElapsedTime(started));
                _next = clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);
                return _seen = new(now, TagOf(now));
            }
            finally
            {
                _one.Release();
            }
        }

        public void Dispose() => _one.Dispose();

        private static string TagOf(ProgressDocument now) =>
            $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(now)))[..16]}\"";
    }
}
