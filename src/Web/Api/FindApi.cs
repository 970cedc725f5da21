using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>Finding a picture that is not on the map.</summary>
internal static class FindApi
{
    private const long LargestPicture = 50L << 20;

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("find", FindAsync).Accepts<byte[]>("image/jpeg", "image/png", "image/webp").WithSummary("Where a picture (JPEG, PNG or WebP) would be on the map, and the frames most like it.");

    private static async Task<Results<Ok<FoundDocument>, ProblemHttpResult>> FindAsync(string collection, string version, HttpRequest request, OpenMaps maps, Finder finder, CancellationToken cancellationToken)
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (!finder.Works)
        {
            return Problems.Unavailable("The model that describes pictures is not here; start the map with: atlas serve, on the machine that indexed the collection.");
        }

        if (request.ContentLength is not (> 0 and <= LargestPicture))
        {
            return Problems.Bad($"A picture to be found has up to {LargestPicture >> 20} MiB, not {request.ContentLength ?? 0} bytes.");
        }

        var bytes = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(bytes, cancellationToken);
        return await finder.FindAsync(open, bytes, cancellationToken) switch
        {
            ({ } found, _) => TypedResults.Ok(found),
            (_, var reason) => Problems.Bad(reason!),
        };
    }
}

/// <summary>Where a picture would be.</summary>
/// <param name="X">Place on the map, 0 to 1.</param>
/// <param name="Y">Place on the map, 0 to 1.</param>
/// <param name="Nearest">The frames most like it.</param>
internal sealed record FoundDocument(double X, double Y, IReadOnlyList<NeighbourDocument> Nearest);
