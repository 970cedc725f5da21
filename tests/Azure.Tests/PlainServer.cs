using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace OrleansAtlas.Tests;

/// <summary>Any web server that gives out ranges: what lies at each path may be a file or a refusal.</summary>
internal sealed class PlainServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    public PlainServer()
    {
        Host = $"127.0.0.1:{Ports.Free()}";
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Its address and port.</summary>
    public string Host { get; }

    public void Put(string path, byte[] file)
    {
        _refusals.TryRemove(path, out _);
        _files[path] = file;
    }

    public void Refuse(string path, int status) => _refusals[path] = status;

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                Answer(await _listener.GetContextAsync());
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (path, answer) = (context.Request.Url!.AbsolutePath, context.Response);
        answer.StatusCode = 404;
        if (_refusals.TryGetValue(path, out var status))
        {
            answer.StatusCode = status;
        }
        else if (_files.TryGetValue(path, out var file))
        {
            var range = context.Request.Headers["Range"]!["bytes=".Length..].Split('-');
            var from = int.Parse(range[0], CultureInfo.InvariantCulture);
            var to = Math.Min(file.Length - 1, int.Parse(range[1], CultureInfo.InvariantCulture));
            answer.StatusCode = 206;
            answer.Headers["Content-Range"] = $"bytes {from}-{to}/{file.Length}";
            answer.ContentLength64 = to - from + 1;
            answer.OutputStream.Write(file.AsSpan(from, to - from + 1));
        }

        answer.Close();
    }
}
