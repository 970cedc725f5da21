using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OrleansAtlas.Access;

/// <summary>Answers only to the server's own names: a page of another site could otherwise have a browser read the server under a name
/// that leads here.</summary>
public static class HostGate
{
    /// <summary>Refuses requests for other hosts with 421.</summary>
    /// <param name="app">The server.</param>
    /// <param name="options">Which names it has.</param>
    /// <param name="loopback">Whether it listens on loopback alone.</param>
    public static void UseHostGate(this WebApplication app, AccessOptions options, bool loopback)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(options);
        app.Use(
            (context, next) =>
            {
                if (Answers(context.Request.Host.Host, options, loopback))
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return Task.CompletedTask;
            }
        );
    }

    internal static bool Answers(string host, AccessOptions options, bool loopback)
    {
        var isAddress = IPAddress.TryParse(host.Trim('[', ']'), out var address);
        return options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
            || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (isAddress && (!loopback || IPAddress.IsLoopback(address!)))
            // A cookie of another name is not sent here, so a key makes up for names that nobody said.
            || (!loopback && options.Hosts.Count == 0 && options.Key is not null);
    }
}
