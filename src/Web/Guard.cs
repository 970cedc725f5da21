namespace OrleansAtlas.Web;

/// <summary>What every answer says to the browser, and that pages of other sites have nothing done here.</summary>
internal static class Guard
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; object-src "
        + "'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The page asks nothing of other hosts, nor shows in their frames, nor are pictures of this server shown in their
    /// pages.</summary>
    public static void UseGuard(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                var headers = context.Response.Headers;
                (headers.ContentSecurityPolicy, headers.XContentTypeOptions) = (Policy, "nosniff");
                (headers["Referrer-Policy"], headers["Cross-Origin-Resource-Policy"]) = ("no-referrer", "same-origin");

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

                await next();
            }
        );
}
