[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.AzuriteFixture))]

namespace OrleansAtlas.Tests;

/// <summary>One Azurite for all tests, started for the first that asks.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private AzuriteServer? _server;

    internal async Task<AzuriteServer> ServerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await AzuriteServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
