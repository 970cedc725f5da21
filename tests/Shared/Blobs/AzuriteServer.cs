using System.Diagnostics;
using System.Net.Sockets;
using Azure.Storage.Blobs;

namespace OrleansAtlas.Tests;

/// <summary>A real Azurite on a free port of this machine, with an account of its own.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "library";

    private static readonly string Program = Path.Combine(TestFiles.Repository, "tests/Azurite/node_modules/azurite/dist/src/blob/main.js");

    private readonly string? _folder;
    private readonly int _port = Ports.Free();
    private Process _process;

    private AzuriteServer(string? folder)
    {
        _folder = folder;
        Key = Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray());
        _process = Launch();
    }

    /// <summary>The account's key.</summary>
    public string Key { get; }

    /// <summary>The account's address.</summary>
    public string Address => $"http://127.0.0.1:{_port}/{Account}";

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Address};";

    public BlobServiceClient Client => new(ConnectionString);

    /// <summary>Starts one; the test is skipped where Azurite is not installed.</summary>
    /// <param name="folder">Where it keeps everything; null for its memory.</param>
    public static async Task<AzuriteServer> StartAsync(string? folder = null)
    {
        Assert.SkipUnless(File.Exists(Program), "Azurite is not installed: npm ci in tests/Azurite");
        var server = new AzuriteServer(folder);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>A new container.</summary>
    public async Task<BlobContainerClient> ContainerAsync()
    {
        var container = Client.GetBlobContainerClient($"c{Guid.NewGuid():N}");
        await container.CreateAsync();
        return container;
    }

    /// <summary>Ends the server and starts it again. It is asked to end: killed, it has lost what it had taken in its last five
    /// seconds.</summary>
    public async Task RestartAsync(TimeSpan away)
    {
        using (var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await signal.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        await Task.Delay(away);
        _process.Dispose();
        _process = Launch();
        await AnswersAsync();
    }

    public async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private Process Launch()
    {
        string[] place = _folder is null ? ["--inMemoryPersistence"] : ["--location", _folder];
        var start = new ProcessStartInfo(
            "node",
            [
                Program,
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                $"{_port}",
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent",
                .. place,
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Key}";
        return Process.Start(start)!;
    }

    private async Task AnswersAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", _port, limit.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
