using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace OrleansAtlas.Media;

// Why: docs/decisions/films-through-a-proxy.md
/// <summary>Lets children of this process read films that are elsewhere: each film has an address of this machine that nobody can guess,
/// for as long as it is lent. GET and HEAD with one range; no redirects, no listing. The children see neither where the film is nor what
/// opens it.</summary>
internal static class RangeProxy
{
    /// <summary>What all its addresses start with.</summary>
    public const string Start = "http://127.0.0.1:";

    private const int FirstPort = 20_000;
    private const int Ports = 40_000;

    // Read ahead: one piece while the one before is sent.
    private const int FirstPiece = 256 << 10;
    private const int LargestPiece = 4 << 20;

    private static readonly ConcurrentDictionary<string, RemoteFilm> Lent = new(StringComparer.Ordinal);
    private static readonly Lazy<(HttpListener Listener, int Port)> Server = new(Listen);

    /// <summary>Lends a film; its address ends with its name.</summary>
    public static string Lend(RemoteFilm film, string name)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var address = string.Create(CultureInfo.InvariantCulture, $"{Start}{Server.Value.Port}/{token}/{Uri.EscapeDataString(name)}");
        Lent[token] = film;
        return address;
    }

    /// <summary>The film behind an address.</summary>
    /// <exception cref="IOException">It is lent no more.</exception>
    public static RemoteFilm Find(string address) =>
        Lent.GetValueOrDefault(TokenOf(new Uri(address))) ?? throw new IOException("The film is closed.");

    /// <summary>Takes an address back.</summary>
    public static void Return(string address) => Lent.TryRemove(TokenOf(new Uri(address)), out _);

    private static string TokenOf(Uri address) => address.Segments is [_, var token, ..] ? token.TrimEnd('/') : "";

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

    private static async Task AcceptAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync().ConfigureAwait(false);
            _ = Task.Run(() => AnswerAsync(context.Request, context.Response));
        }
    }

    private static async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        try
        {
            if (!Lent.TryGetValue(TokenOf(request.Url!), out var film) || request.HttpMethod is not ("GET" or "HEAD"))
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                response.Close();
                return;
            }

            var (from, end) = Range(request.Headers["Range"], film.Length);
            response.Headers["Accept-Ranges"] = "bytes";
            if (from >= end)
            {
                response.StatusCode = (int)HttpStatusCode.RequestedRangeNotSatisfiable;
                response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes */{film.Length}");
                response.Close();
                return;
            }

            if (request.Headers["Range"] is not null)
            {
                response.StatusCode = (int)HttpStatusCode.PartialContent;
                response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{end - 1}/{film.Length}");
            }

            response.ContentType = "application/octet-stream";
            response.ContentLength64 = end - from;
            if (request.HttpMethod == "GET")
            {
                await SendAsync(film, from, end, response.OutputStream).ConfigureAwait(false);
            }

            response.Close();
        }
        catch (Exception error) when (error is IOException or HttpListenerException or InvalidOperationException)
        {
            // The reader has gone to another place in the film, or the film cannot be read: then the reader finds it cut off.
            response.Abort();
        }
    }

    private static async Task SendAsync(RemoteFilm film, long from, long end, Stream output)
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

    private static async Task<byte[]> ReadAsync(RemoteFilm film, long from, long end, int size)
    {
        var piece = new byte[Math.Min(size, end - from)];
        if (piece.Length > 0)
        {
            await film.ReadAsync(from, piece, CancellationToken.None).ConfigureAwait(false);
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
}
