using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Progress;

namespace OrleansAtlas.Web.Api;

/// <summary>How far indexing is. A page asks again and again: a stream to each of six pages would take all the connections that a browser
/// has for a server.</summary>
internal static class ProgressApi
{
    public static void Map(RouteGroupBuilder group) =>
        group
            .MapGet("{collection}/progress", GetAsync)
            .WithTags("collections")
            .WithName("getProgress")
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("How far indexing is; with an ETag, so that asking again costs nothing while nothing changes.");

    private static async Task<Results<Ok<ProgressDocument>, StatusCodeHttpResult>> GetAsync(
        BoundCollection bound,
        ProgressLooks looks,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var look = await looks.LookAsync(bound.Store, cancellationToken);
        context.Response.Headers[HeaderNames.ETag] = look.Tag;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Request.Headers.IfNoneMatch.Contains(look.Tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(look.Now);
    }
}
