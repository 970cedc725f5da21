using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OrleansAtlas.Access;

/// <summary>A port of its own for what needs no key, such as metrics.</summary>
public static class OpenPort
{
    /// <summary>Answers on the port with some pages and nothing else; called before what asks for the key.</summary>
    /// <param name="app">The server, which listens on the port.</param>
    /// <param name="port">The port; 0 for none.</param>
    /// <param name="pages">Adds the pages.</param>
    public static void UseOpenPort(this WebApplication app, int port, Action<IApplicationBuilder> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        if (port == 0)
        {
            return;
        }

        app.MapWhen(
            context => context.Connection.LocalPort == port,
            alone =>
            {
                pages(alone);
                alone.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            }
        );
    }
}
