using System.Net;

namespace OrleansAtlas.Web;

/// <summary>What every answer says to the browser, and which questions are not answered.</summary>
internal static class Guard
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; object-src "
        + "'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The page asks nothing of other hosts, nor shows in their frames; and a server on the machine itself answers only to its
    /// own names, since any page of the web could otherwise read it under a name that leads here.</summary>
    public static void UseGuard(this WebApplication app, IPAddress address)
    {
        app.Use(
            async (context, next) =>
            {
                var host = context.Request.Host.Host;
                if (
                    IPAddress.IsLoopback(address)
                    && !(host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named)))
                )
                {
                    context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                    return;
                }

                // A page of another site can post here without being able to read the answer; it is not to make the server work.
                if (
                    !HttpMethods.IsGet(context.Request.Method)
                    && context.Request.Headers.Origin is [{ } origin]
                    && !origin.EndsWith("//" + context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
                )
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return;
                }

                var headers = context.Response.Headers;
                (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers["Referrer-Policy"]) = (
                    Policy,
                    "nosniff",
                    "no-referrer"
                );
                await next();
            }
        );
    }
}
