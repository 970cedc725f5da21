using System.Reflection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OrleansAtlas.Web;

/// <summary>What belongs to a map version never changes: browsers keep it, and one that asks again is told so without any work.</summary>
internal sealed class Unchanging : IEndpointFilter
{
    // Another build may draw or say it otherwise.
    private static readonly string Build =
        typeof(Unchanging).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        + typeof(Unchanging).Module.ModuleVersionId.ToString("N")[..8];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var tag = $"\"{http.Request.RouteValues["version"]}-{Build}\"";
        if (StringValues.IsNullOrEmpty(http.Request.Headers.IfNoneMatch) || !http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            // What is only wrong for now (a film whose disk is away) must not be kept.
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == StatusCodes.Status200OK)
                {
                    http.Response.Headers.ETag = tag;
                    http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
                }

                return Task.CompletedTask;
            });
            return await next(context);
        }

        http.Response.Headers.ETag = tag;
        http.Response.Headers[HeaderNames.CacheControl] = "private, max-age=31536000, immutable";
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }
}
