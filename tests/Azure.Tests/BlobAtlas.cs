using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Blobs;

namespace OrleansAtlas.Tests;

/// <summary>The real program over a store in a container; whatever it says is looked through for the account's key.</summary>
internal sealed class BlobAtlas : IDisposable
{
    /// <summary>What all names of the store start with.</summary>
    public const string Prefix = "stores/first/";

    private static readonly string Program = TestFiles.Built("Client", "atlas");

    private readonly TemporaryFolder _cache = new();
    private readonly AzuriteServer _server;

    private BlobAtlas(AzuriteServer server, BlobContainerClient container) => (_server, Container) = (server, container);

    public BlobContainerClient Container { get; }

    /// <summary>Where the store is.</summary>
    public string Store => $"{Container.Uri}/{Prefix.TrimEnd('/')}";

    /// <summary>What the program finds in its environment.</summary>
    public Dictionary<string, string?> Environment =>
        new()
        {
            ["ATLAS_STORE"] = Store,
            ["ATLAS_CACHE"] = _cache.Path,
            ["AZURE_STORAGE_CONNECTION_STRING"] = _server.ConnectionString,
        };

    public static async Task<BlobAtlas> CreateAsync(AzuriteServer server) => new(server, await server.ContainerAsync());

    /// <summary>Starts the program.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Start(Environment, [.. arguments, "-v"]);
        var run = await AtlasRun.EndOfAsync(process);
        Assert.DoesNotContain(_server.Key, run.Output + run.Error, StringComparison.Ordinal);
        return run;
    }

    /// <summary>Runs with --json and must succeed.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, $"atlas {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}{run.Output}");
        return run.Json;
    }

    /// <summary>Looks through all that is stored.</summary>
    public async Task AssertHoldsNoKeyAsync()
    {
        await foreach (var blob in Container.GetBlobsAsync())
        {
            var content = await Container.GetBlobClient(blob.Name).DownloadContentAsync();
            Assert.DoesNotContain(_server.Key, content.Value.Content.ToString(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _cache.Dispose();
}
