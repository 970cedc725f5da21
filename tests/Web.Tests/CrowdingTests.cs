namespace OrleansAtlas.Tests;

/// <summary>Real sockets to a real server: what is too much is refused at once, and who is slow keeps nobody waiting.</summary>
public sealed class CrowdingTests(CrowdedServer server) : IClassFixture<CrowdedServer>
{
    private const string Head = "Host: 127.0.0.1\r\nContent-Type: application/octet-stream\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_is_too_long_is_refused_before_a_byte_of_it_is_sent()
    {
        using var connection = await server.ConnectAsync(Cancel);
        await connection.SendAsync($"POST {server.Find} HTTP/1.1\r\n{Head}Content-Length: 10000001\r\n\r\n", Cancel);

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReceiveAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_of_no_said_length_is_cut_off_at_the_limit()
    {
        using var connection = await server.ConnectAsync(Cancel);
        await connection.SendAsync($"POST {server.Find} HTTP/1.1\r\n{Head}Transfer-Encoding: chunked\r\n\r\n", Cancel);
        var sent = 0;
        var chunk = "100000\r\n" + new string('x', 1 << 20) + "\r\n";
        var answer = connection.ReceiveAsync(Cancel);
        while (!answer.IsCompleted && sent < 40)
        {
            sent++;
            if (!await connection.TrySendAsync(chunk, Cancel))
            {
                break;
            }
        }

        var said = await answer;
        Assert.StartsWith("HTTP/1.1 413 ", said, StringComparison.Ordinal);
        Assert.InRange(sent, 9, 39);
    }

    [Fact]
    public async Task A_request_that_is_no_upload_takes_little()
    {
        using var connection = await server.ConnectAsync(Cancel);
        var path = server.Find.Replace("/find?name=x", "/selection", StringComparison.Ordinal);
        await connection.SendAsync($"POST {path} HTTP/1.1\r\n{Head}Content-Length: 100001\r\n\r\n", Cancel);

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReceiveAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_upload_more_than_is_taken_at_once_is_told_when_to_come_again()
    {
        using var first = await server.ConnectAsync(Cancel);
        await first.SendAsync($"POST {server.Find} HTTP/1.1\r\n{Head}Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 100 ", await first.ReceiveAsync(Cancel), StringComparison.Ordinal);

        using var second = await server.ConnectAsync(Cancel);
        await second.SendAsync($"POST {server.Find} HTTP/1.1\r\n{Head}Content-Length: 1000\r\n\r\n", Cancel);
        AssertBusy(await second.ReceiveAsync(Cancel));

        await first.SendAsync(new string('x', 1000), Cancel);
        Assert.StartsWith("HTTP/1.1 400 ", await first.ReceiveAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_request_more_than_is_answered_at_once_is_told_when_to_come_again()
    {
        using var first = await server.ConnectAsync(Cancel);
        var path = server.Find.Replace("/find?name=x", "/selection", StringComparison.Ordinal);
        await first.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                + "Content-Length: 2\r\n\r\n",
            Cancel
        );
        Assert.StartsWith("HTTP/1.1 100 ", await first.ReceiveAsync(Cancel), StringComparison.Ordinal);

        using var second = await server.ConnectAsync(Cancel);
        await second.SendAsync("GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", Cancel);
        AssertBusy(await second.ReceiveAsync(Cancel));

        await first.SendAsync("{}", Cancel);
        Assert.StartsWith("HTTP/1.1 400 ", await first.ReceiveAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stretch_more_than_may_wait_is_told_when_to_come_again_and_who_reads_slowly_holds_no_slot()
    {
        using var first = await StretchAsync(0);
        Assert.StartsWith("HTTP/1.1 200 ", await first.ReceiveAsync(Cancel), StringComparison.Ordinal);

        // One of these waits for the first to be made, which nobody reads.
        using var second = await StretchAsync(1);
        using var third = await StretchAsync(2);
        var answers = await Task.WhenAll(second.ReceiveAsync(Cancel), third.ReceiveAsync(Cancel));
        AssertBusy(Assert.Single(answers, answer => answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal)));
        Assert.Single(answers, answer => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));

        // On a machine with much to do the two before it take minutes.
        using var client = new HttpClient { BaseAddress = new Uri(server.Address), Timeout = TimeSpan.FromMinutes(8) };
        var stretch = await client.GetByteArrayAsync(server.Stretch(3, 4), Cancel);

        Assert.True(stretch.Length > 10_000);
    }

    private async Task<RawConnection> StretchAsync(int start)
    {
        var connection = await server.ConnectAsync(Cancel);
        await connection.SendAsync($"GET {server.Stretch(start, start + 30)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", Cancel);
        return connection;
    }

    private static void AssertBusy(string answer)
    {
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 5\r\n", answer, StringComparison.Ordinal);
    }
}
