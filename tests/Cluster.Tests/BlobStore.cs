using Azure.Storage.Blobs;

namespace OrleansAtlas.Tests;

/// <summary>A place for a store in a container of its own.</summary>
internal sealed record BlobStore(AzuriteServer Server, BlobContainerClient Container)
{
    /// <summary>What all names of the store start with.</summary>
    public const string Prefix = "cluster/";

    public string Location => $"{Container.Uri}/cluster";

    /// <summary>What a silo finds in its environment.</summary>
    public Dictionary<string, string> Environment => new() { ["AZURE_STORAGE_CONNECTION_STRING"] = Server.ConnectionString };

    public static async Task<BlobStore> CreateAsync(AzuriteServer server) => new(server, await server.ContainerAsync());

    /// <summary>Waits until so many segments are there.</summary>
    public async Task SegmentsAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await BlobBytes.SegmentsAsync(Container, Prefix) < count)
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
