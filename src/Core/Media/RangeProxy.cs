using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Media;

// Why: docs/decisions/films-through-a-proxy.md
/// <summary>Lets children of this process read films that are elsewhere: each film has an address of this machine that nobody can guess,
/// for as long as it is lent. GET and HEAD with one range; no redirects, no listing. The children see neither where the film is nor what
/// opens it.</summary>
internal static partial class RangeProxy
{
    /// <summary>What all its addresses start with.</summary>
    public const string Start = "http://127.0.0.1:";

    private const int FirstPort = 20_000;
    private const int Ports = 40_000;

    // Read ahead: one piece while the one before is sent.
    private const int FirstPiece = 256 << 10;
    private const int LargestPiece = 4 << 20;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<string, LentFilm> Lent = new(StringComparer.Ordinal);
    private static readonly Lock Starting = new();
    private static (HttpListener Listener, int Port)? _server;

    /// <summary>Lends a film; its address ends with its name.</summary>
    /// <param name="film">What is read.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="log">Told what fails while it is lent.</param>
    public static string Lend(RemoteFilm film, string name, ILogger log)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var address = string.Create(CultureInfo.InvariantCulture, $"{Start}{Port()}/{token}/{Uri.EscapeDataString(name)}");
        Lent[token] = new LentFilm(film, name, log);
        return address;
    }

    /// <summary>The film behind an address.</summary>
    /// <exception cref="IOException">It is lent no more.</exception>
    public static RemoteFilm Find(string address) =>
        Lent.GetValueOrDefault(TokenOf(new Uri(address)))?.Film ?? throw new IOException("The film is closed.");

    /// <summary>Takes an address back.</summary>
    public static void Return(string address) => Lent.TryRemove(TokenOf(new Uri(address)), out _);

    private static string TokenOf(Uri address) => address.Segments is [_, var token, ..] ? token.TrimEnd('/') : "";

    /// <summary>Where films are lent; a server that has ended is followed by another.</summary>
    private static int Port()
    {
        lock (Starting)
        {
            _server = _server is { Listener.IsListening: true } running ? running : Listen();
            return _server.Value.Port;
        }
    }

    private static (HttpListener, int) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = FirstPort + Random.Shared.Next(Ports);
            var listener = new HttpListener { Prefixes = { string.Create(CultureInfo.InvariantCulture, $"{Start}{port}/") } };
            try
            {
                listener.Start();
                _ = AcceptAsync(listener);
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < Ports)
            {
                // Somebody else has the port.
                ((IDisposable)listener).Dispose();
            }
        }
    }

    private static void Tell(Action<ILogger> tell)
    {
        foreach (var log in Lent.Values.Select(lent => lent.Log).Distinct())
        {
            tell(log);
        }
    }

    // Whatever one reader does, the others are answered.
    private static async Task AcceptAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
#pragma warning disable CA1031
            try
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                _ = Task.Run(() => AnswerAsync(context.Request, context.Response));
            }
            catch (Exception error)
            {
                Tell(log => LogAccept(log, error));
                await Task.Delay(PauseAfterFailure).ConfigureAwait(false);
            }
#pragma warning restore CA1031
        }
    }

    private static async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
#pragma warning disable CA1031 // Whatever it is, the reader finds the film cut off, and does not wait for more of it.
        try
        {
            if (request.HttpMethod is "GET" or "HEAD" && request.Url is { } address && Lent.TryGetValue(TokenOf(address), out var lent))
            {
                await AnswerAsync(lent, request, response).ConfigureAwait(false);
            }
            else
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                response.Close();
            }
        }
        catch (Exception error)
        {
            // That the reader has gone to another place in the film is no failure.
            if (error is not (IOException or HttpListenerException or InvalidOperationException))
            {
                Tell(log => LogAnswer(log, error));
            }

            response.Abort();
        }
#pragma warning restore CA1031
    }

    private static async Task AnswerAsync(LentFilm lent, HttpListenerRequest request, HttpListenerResponse response)
    {
        var length = lent.Film.Length;
        var (from, end) = Range(request.Headers["Range"], length);
        response.Headers["Accept-Ranges"] = "bytes";
        if (from >= end)
        {
            response.StatusCode = (int)HttpStatusCode.RequestedRangeNotSatisfiable;
            response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            response.Close();
            return;
        }

        if (request.Headers["Range"] is not null)
        {
            response.StatusCode = (int)HttpStatusCode.PartialContent;
            response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{end - 1}/{length}");
        }

        response.ContentType = "application/octet-stream";
        response.ContentLength64 = end - from;
        if (request.HttpMethod == "GET")
        {
            await SendAsync(lent, from, end, response.OutputStream).ConfigureAwait(false);
        }

        response.Close();
    }

    private static async Task SendAsync(LentFilm film, long from, long end, Stream output)
    {
        var size = FirstPiece;
        var next = ReadAsync(film, from, end, size);
        while (from < end)
        {
            var piece = await next.ConfigureAwait(false);
            from += piece.Length;
            size = Math.Min(size * 2, LargestPiece);
            next = ReadAsync(film, from, end, size);
            try
            {
                await output.WriteAsync(piece).ConfigureAwait(false);
            }
            catch
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }

    private static async Task<byte[]> ReadAsync(LentFilm lent, long from, long end, int size)
    {
        var piece = new byte[Math.Min(size, end - from)];
        try
        {
            if (piece.Length > 0)
            {
                await lent.Film.ReadAsync(from, piece, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (IOException error)
        {
            LogRead(lent.Log, lent.Name, from, error.Message);
            throw;
        }

        return piece;
    }

    // "bytes=100-199", "bytes=100-"; anything else is the whole film.
    private static (long From, long End) Range(string? header, long length)
    {
        var parts = (header ?? "").Replace("bytes=", "", StringComparison.Ordinal).Split('-');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? (
                from,
                long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? Math.Min(last + 1, length) : length
            )
            : (0, length);
    }

    [LoggerMessage(LogLevel.Warning, "'{Name}' cannot be read from byte {Offset} on: {Reason}")]
    private static partial void LogRead(ILogger log, string name, long offset, string reason);

    [LoggerMessage(LogLevel.Error, "A request for a film was not answered")]
    private static partial void LogAnswer(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Error, "A request for a film was not taken; the next one is")]
    private static partial void LogAccept(ILogger log, Exception error);

    private sealed record LentFilm(RemoteFilm Film, string Name, ILogger Log);
}
