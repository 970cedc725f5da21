using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests.Models;

public sealed class DownloadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Reads_a_file_whole() =>
        Assert.Equal("abc"u8.ToArray(), await Fetch("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Long, Long));

    [Fact]
    public async Task Says_what_a_server_answers_instead()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() =>
            Fetch("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Long, Long)
        );
        Assert.Contains("404", error.Message);
        Assert.Contains("--from FILE.h5", error.Message);
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_falls_silent()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => Fetch("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc", Long, Short));
        Assert.Contains("no answer", error.Message);
        error = await Assert.ThrowsAsync<ModelException>(() => Fetch("", Short, Long));
        Assert.Contains("no answer", error.Message);
    }

    [Fact]
    public async Task Says_that_nobody_answers()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => Read("http://127.0.0.1:9/none.h5", Long, Long));
        Assert.Contains("http://127.0.0.1:9/none.h5 could not be fetched", error.Message);
    }

    private static Task<byte[]> Read(string address, TimeSpan connect, TimeSpan silence) =>
        Download.ReadAsync(address, connect, silence, null, TestContext.Current.CancellationToken);

    /// <summary>Fetches from a server that gives one answer and then says nothing more.</summary>
    private static async Task<byte[]> Fetch(string answer, TimeSpan connect, TimeSpan silence)
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var download = Read($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file", connect, silence);
        using var connection = await listener.AcceptTcpClientAsync(token);
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096], token);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), token);
        return await download;
    }
}
