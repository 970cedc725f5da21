using System.Net;
using System.Net.Sockets;

namespace OrleansAtlas.Tests;

/// <summary>Stands between two that talk by TCP on this machine, and keeps every byte they send.</summary>
internal sealed class ListeningProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _end = new();
    private readonly MemoryStream _heard = new();
    private readonly List<Task> _running = [];

    public ListeningProxy(IPEndPoint at, IPEndPoint target)
    {
        (_listener, _target) = (new TcpListener(at), target);
        _listener.Start();
        _running.Add(AcceptAsync());
    }

    /// <summary>Bytes heard so far.</summary>
    public long Count
    {
        get
        {
            lock (_heard)
            {
                return _heard.Length;
            }
        }
    }

    /// <summary>Whether the bytes of a text were heard.</summary>
    public bool Heard(string text)
    {
        lock (_heard)
        {
            return _heard.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        await _heard.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await _listener.AcceptTcpClientAsync(_end.Token);
            lock (_running)
            {
                _running.Add(ForwardAsync(caller));
            }
        }
    }

    private async Task ForwardAsync(TcpClient caller)
    {
        using (caller)
        using (var called = new TcpClient())
        {
            await called.ConnectAsync(_target, _end.Token);
            var ways = new[] { CopyAsync(caller, called), CopyAsync(called, caller) };
            await Task.WhenAny(ways);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await from.GetStream().ReadAsync(buffer, _end.Token)) > 0)
        {
            lock (_heard)
            {
                _heard.Write(buffer.AsSpan(0, count));
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
