using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Api.Binding;

namespace OrleansAtlas.Web.Announcements;

/// <summary>Which map was announced last. A page asks every second; the answer is in memory.</summary>
internal static class AnnouncedApi
{
    public static void Map(RouteGroupBuilder group) =>
        group
            .MapGet("{collection}/announced", Get)
            .WithTags("collections")
            .WithName("getAnnounced")
            .Produces(StatusCodes.Status204NoContent)
            .WithSummary("The map version that the cluster announced last, null while none was; 204 where the server hears of no cluster.");

    private static Results<Ok<AnnouncedDocument>, NoContent> Get(BoundCollection bound, ClusterEar ear) =>
        ear.Hears ? TypedResults.Ok(new AnnouncedDocument(ear.Newest(bound.Store.Settings.Name))) : TypedResults.NoContent();
}

/// <summary>What was announced.</summary>
/// <param name="Version">The map version; null while none was heard of.</param>
internal sealed record AnnouncedDocument(string? Version);
