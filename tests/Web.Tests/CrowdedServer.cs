using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>A server that does one thing of each kind at once, over a film of a minute that is as large as films get when they are
/// transcoded.</summary>
public sealed class CrowdedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private string _film = "";

    internal string Address { get; private set; } = "";

    /// <summary>Where files are dropped.</summary>
    internal string Find { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(_folder["films"]);
        const string Noise = "-f lavfi -i color=gray:size=480x270:rate=25:duration=54,noise=alls=100:allf=t+u -c:v mpeg4 -q:v 10";
        await TestStore.FfmpegAsync(cancel, [.. Noise.Split(' '), _folder["films", "noise.avi"]]);
        var store = await TestStore.IndexAsync(_folder["store"], 0.5, [_folder["films"]], cancel);
        _server = WebMap.Build(
            (await TestStore.OptionsAsync(store, _folder["cache"], cancel)) with
            {
                WarmsUp = false,
                Limits = new()
                {
                    Requests = 1,
                    RequestsWaiting = 0,
                    RequestBytes = 100_000,
                    Uploads = 1,
                    UploadsWaiting = 0,
                    UploadBytes = 10_000_000,
                    Transcodes = 1,
                    TranscodesWaiting = 1,
                },
            }
        );
        await _server.StartAsync(cancel);
        Address = WebMap.AddressOf(_server);
        var collection = (await CollectionStore.OpenAsync(store, TestStore.Collection, cancel))!;
        await foreach (var record in collection.VideosAsync(cancel))
        {
            _film = record.Id;
        }

        var version = (await collection.MapsAsync(cancel)).Current;
        Find = $"/api/v1/collections/{TestStore.Collection}/maps/{version}/find?name=x";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    internal string Stretch(int start, int end) =>
        $"/api/v1/collections/{TestStore.Collection}/films/{_film}/stretch?start={start}&end={end}";

    internal async Task<RawConnection> ConnectAsync(CancellationToken cancel) =>
        await RawConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, new Uri(Address).Port), cancel);
}

/// <summary>A connection that says and reads what it is told to, and no more.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int SmallBuffer = 4096;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };

    public static async Task<RawConnection> OpenAsync(EndPoint server, CancellationToken cancel)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(server, cancel);
        return connection;
    }

    public async Task SendAsync(string text, CancellationToken cancel)
    {
        for (var left = Encoding.ASCII.GetBytes(text).AsMemory(); !left.IsEmpty; )
        {
            left = left[await _socket.SendAsync(left, cancel)..];
        }
    }

    /// <summary>The same; false where the server took no more of it.</summary>
    public async Task<bool> TrySendAsync(string text, CancellationToken cancel)
    {
        try
        {
            await SendAsync(text, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The next answer's status and headers, and what came with them.</summary>
    public async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        var (text, buffer) = ("", new byte[SmallBuffer]);
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await _socket.ReceiveAsync(buffer, cancel);
            Assert.True(read > 0, $"The server closed the connection after '{text}'");
            text += Encoding.Latin1.GetString(buffer, 0, read);
        }

        return text;
    }

    public void Dispose() => _socket.Dispose();
}
