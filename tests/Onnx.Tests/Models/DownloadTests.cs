using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests.Models;

public sealed class DownloadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Reads_a_file_whole() => Assert.Equal("abc"u8.ToArray(), await Fetch("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"));

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc", "no answer")]
    [InlineData("", "no answer")]
    public async Task Says_why_a_file_could_not_be_fetched(string answer, string part)
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => Fetch(answer));
        Assert.Contains(part, error.Message);
        Assert.Contains("--from FILE.h5", error.Message);
    }

    [Fact]
    public async Task Says_that_nobody_answers()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => Read("http://127.0.0.1:9/none.h5"));
        Assert.Contains("http://127.0.0.1:9/none.h5 could not be fetched", error.Message);
    }

    private static Task<byte[]> Read(string address) => Download.ReadAsync(address, Limit, Limit, null, TestContext.Current.CancellationToken);

    /// <summary>Fetches from a server that gives one answer and then says nothing more.</summary>
    private static async Task<byte[]> Fetch(string answer)
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var download = Read($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file");
        using var connection = await listener.AcceptTcpClientAsync(token);
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096], token);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), token);
        return await download;
    }
}
