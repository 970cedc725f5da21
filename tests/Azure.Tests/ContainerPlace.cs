using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Azure;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Store;

namespace OrleansAtlas.Tests;

/// <summary>A prefix in a container of a real Azurite for a store.</summary>
internal sealed class ContainerPlace : StorePlace
{
    private const string Prefix = "stores/first/";

    private readonly TemporaryFolder _cache = new();
    private readonly BlobContainerClient _container;
    private readonly BlobAccess _access;

    private ContainerPlace(AzuriteServer server, BlobContainerClient container) =>
        (_container, _access) = (container, new BlobAccess { ConnectionString = server.ConnectionString });

    public override string Location => $"{_container.Uri}/{Prefix}";

    public static async Task<ContainerPlace> CreateAsync(AzuriteFixture azurite)
    {
        var server = await azurite.ServerAsync();
        return new ContainerPlace(server, await server.ContainerAsync());
    }

    public override IArtifactStore Open(ILoggerFactory? logs = null) =>
        AzureStore.Open(Location, _access, new BlockCacheOptions(_cache.Path, 2 << 20), logs?.CreateLogger<AzureStore>());

    public override async Task<byte[]> BytesAsync(string name) =>
        (await _container.GetBlobClient(Prefix + name).DownloadContentAsync()).Value.Content.ToArray();

    public override Task PutAsync(string name, byte[] bytes) =>
        _container.GetBlobClient(Prefix + name).UploadAsync(new BinaryData(bytes), overwrite: true);

    public override async Task<int> CountAsync()
    {
        var count = 0;
        await foreach (var _ in _container.GetBlobsAsync())
        {
            count++;
        }

        return count;
    }

    public override ValueTask DisposeAsync()
    {
        _cache.Dispose();
        return ValueTask.CompletedTask;
    }
}
