using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>What a child process can have of a film that is lent to it, and for how long.</summary>
public sealed class RangeProxyTests
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_is_given_out_whole_and_by_ranges()
    {
        var film = new Film(9_000_001);
        var address = RangeProxy.Lend(film, "a b.mp4", NullLogger.Instance);
        Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
        Assert.Equal("a b.mp4", FilmFile.NameOf(address));
        Assert.Equal(film.Content, await Http.GetByteArrayAsync(address, Cancel));
        foreach (var (from, last) in new (long, long?)[] { (0, 0), (5, 4_000_000), (8_999_000, null), (9_000_000, 20_000_000) })
        {
            using var answer = await GetAsync(address, from, last);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            var end = (int)Math.Min((last ?? long.MaxValue - 1) + 1, film.Length);
            Assert.Equal($"bytes {from}-{end - 1}/{film.Length}", $"{answer.Content.Headers.ContentRange}");
            Assert.Equal(film.Content[(int)from..end], await answer.Content.ReadAsByteArrayAsync(Cancel));
        }

        using var beyond = await GetAsync(address, film.Length, null);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Cancel);
        Assert.Equal(film.Length, head.Content.Headers.ContentLength);
        RangeProxy.Return(address);
    }

    [Fact]
    public async Task Nothing_else_is_given_out_and_a_film_no_longer_than_it_is_lent()
    {
        var address = RangeProxy.Lend(new Film(10), "film.mp4", NullLogger.Instance);
        var token = new Uri(address).Segments[1];
        foreach (
            var other in (string[])
                [address.Replace(token, "", StringComparison.Ordinal), address.Replace(token[..4], "0000", StringComparison.Ordinal)]
        )
        {
            using var answer = await Http.GetAsync(new Uri(other), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var put = await Http.PutAsync(new Uri(address), new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
        RangeProxy.Return(address);
        using var late = await Http.GetAsync(new Uri(address), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task No_more_is_read_ahead_than_two_pieces_and_what_the_reader_holds()
    {
        var film = new Film(200_000_000);
        var address = RangeProxy.Lend(film, "film.mp4", NullLogger.Instance);
        using (var answer = await Http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            await using var content = await answer.Content.ReadAsStreamAsync(Cancel);
            await content.ReadExactlyAsync(new byte[1000], Cancel);
        }

        RangeProxy.Return(address);
        Assert.InRange(film.BytesRead, 1000, 40_000_000);
    }

    [Fact]
    public async Task A_film_that_breaks_off_is_cut_off_for_the_reader()
    {
        var log = new FakeLogger();
        var address = RangeProxy.Lend(new Film(5_000_000, readable: 1_000_000), "film.mp4", log);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Http.GetByteArrayAsync(address, Cancel));
        RangeProxy.Return(address);
        Assert.Contains(log.Collector.GetSnapshot(), line => line.Message.Contains("It breaks off.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /%%% HTTP/9.9\r\n\r\n")]
    [InlineData("\0\u0001\u0002")]
    public async Task Whatever_one_reader_sends_the_others_are_answered(string sent)
    {
        var film = new Film(1000);
        var address = RangeProxy.Lend(film, "film.mp4", NullLogger.Instance);
        for (var round = 0; round < 3; round++)
        {
            using var reader = new TcpClient();
            await reader.ConnectAsync("127.0.0.1", new Uri(address).Port, Cancel);
            await reader.GetStream().WriteAsync(Encoding.Latin1.GetBytes(sent), Cancel);
            reader.Client.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(film.Content, await Http.GetByteArrayAsync(address, Cancel));
        RangeProxy.Return(address);
    }

    [Fact]
    public async Task A_film_that_meets_a_fault_is_cut_off_at_once_and_told()
    {
        var log = new FakeLogger();
        var address = RangeProxy.Lend(new Film(5_000_000, 1_000_000, new NotSupportedException("a fault")), "film.mp4", log);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Http.GetByteArrayAsync(address, Cancel));
        RangeProxy.Return(address);
        Assert.Contains(log.Collector.GetSnapshot(), line => line.Exception is NotSupportedException { Message: "a fault" });
    }

    private static Task<HttpResponseMessage> GetAsync(string address, long from, long? last) =>
        Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(from, last) } }, Cancel);

    private sealed class Film : RemoteFilm
    {
        private readonly long _readable;
        private readonly Exception _end;
        private long _bytes;

        public Film(int length, long readable = long.MaxValue, Exception? end = null)
        {
            _end = end ?? new IOException("It breaks off.");
            Content = new byte[length];
            new Random(1).NextBytes(Content);
            _readable = readable;
        }

        public byte[] Content { get; }

        public long BytesRead => Interlocked.Read(ref _bytes);

        public override long Length => Content.Length;

        public override string? Tag => null;

        public override Task ReadAsync(long offset, Memory<byte> bytes, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref _bytes, bytes.Length);
            if (offset + bytes.Length > _readable)
            {
                throw _end;
            }

            Content.AsMemory((int)offset, bytes.Length).CopyTo(bytes);
            return Task.CompletedTask;
        }
    }
}
