using System.Net;
using System.Net.Sockets;

namespace OrleansAtlas.Tests;

/// <summary>Ports of this machine that nobody uses just now, below those that the system itself gives out.</summary>
internal static class Ports
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int _last = Random.Shared.Next(Count);

    public static int Free()
    {
        while (true)
        {
            // Each is given once: tests run side by side.
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }
    }
}
