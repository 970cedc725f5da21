using Microsoft.Extensions.Logging;
using OrleansAtlas.Azure;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Hosting;

/// <summary>Opens stores by where they are.</summary>
public static class Stores
{
    /// <summary>Whether this is an address, not a folder.</summary>
    public static bool IsAddress(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Opens the store in a folder, or in a container of Azure Blob Storage.</summary>
    /// <param name="location">Any path, or <c>https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]</c>.</param>
    /// <param name="write">True where the caller is going to write: then a folder is made and tried.</param>
    /// <param name="logs">Told about what is repaired.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static IArtifactStore Open(string location, bool write, ILoggerFactory? logs = null) =>
        IsAddress(location)
            ? AzureStore.Open(location, logs?.CreateLogger<AzureStore>())
            : LocalStore.Open(location, write, logs?.CreateLogger<LocalStore>());
}
