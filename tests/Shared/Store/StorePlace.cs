using Microsoft.Extensions.Logging;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

/// <summary>An empty place for a store, and what lies in it seen past the store.</summary>
public abstract class StorePlace : IAsyncDisposable
{
    /// <summary>Where it is, as --store takes it.</summary>
    public abstract string Location { get; }

    /// <summary>Opens the store there.</summary>
    public abstract IArtifactStore Open(ILoggerFactory? logs = null);

    /// <summary>The bytes under a name.</summary>
    public abstract Task<byte[]> BytesAsync(string name);

    /// <summary>Puts bytes under a name.</summary>
    public abstract Task PutAsync(string name, byte[] bytes);

    /// <summary>Everything that is there, whatever it is.</summary>
    public abstract Task<int> CountAsync();

    public abstract ValueTask DisposeAsync();
}
