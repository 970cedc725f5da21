using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>Frames of a map: by place, by number, by what they look like.</summary>
internal static class FramesApi
{
    private const int MostNeighbours = 100;

    public static void Map(RouteGroupBuilder group)
    {
        var frames = group.MapGroup("").AddEndpointFilter<Unchanging>();
        frames.MapGet("near", NearAsync).WithSummary("Frames near a place of the map, nearest first.");
        frames
            .MapGet("shown", ShownAsync)
            .WithSummary("The frame that the pictures show at a place, at a level: the plane is 2^level pictures wide.");
        frames.MapGet("frames/{number:int}", GetAsync).WithSummary("A frame.");
        frames
            .MapGet("frames/{number:int}/cell", CellAsync)
            .WithSummary("The cell of the pictures that a frame belongs to, at a level: the plane is 2^level cells wide.");
        frames
            .MapGet("frames/{number:int}/picture", PictureAsync)
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .WithSummary("A frame's stored picture.");
        frames.MapGet("frames/{number:int}/neighbours", NeighboursAsync).WithSummary("A frame's true neighbours beside those on the map.");
    }

    private static async Task<Results<Ok<List<FrameDocument>>, ProblemHttpResult>> NearAsync(
        string collection,
        string version,
        double x,
        double y,
        int? count,
        [AsParameters] MapFilter filter,
        OpenMaps maps,
        CancellationToken cancellationToken
    ) =>
        await maps.MapAsync(collection, version, cancellationToken) is not { } open ? Problems.NoMap(collection, version)
        : !IsPlace(x, y) ? Problems.Bad($"The place {x}, {y} is not on the map, which goes from 0, 0 to 1, 1.")
        : TypedResults.Ok(
            (await open.SelectAsync(filter))
                .Points.Nearest(x, y, Math.Clamp(count ?? 1, 1, MostNeighbours), open.Aspect)
                .Select(open.Frame)
                .ToList()
        );

    private static async Task<Results<Ok<FrameDocument>, ProblemHttpResult>> ShownAsync(
        string collection,
        string version,
        double x,
        double y,
        int level,
        [AsParameters] MapFilter filter,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (!IsPlace(x, y) || level is < 0 or > TileAddress.Deepest + Layer.MostDensity)
        {
            return Problems.Bad(
                $"The place {x}, {y} at level {level} is not on the map, which goes from 0, 0 to 1, 1 and has levels 0 to "
                    + $"{TileAddress.Deepest + Layer.MostDensity}."
            );
        }

        var side = Math.ScaleB(1, level);
        return (await open.SelectAsync(filter)).Pictures is { } tree
            ? TypedResults.Ok(open.Frame(tree.Find(level, (int)Math.Min(side - 1, x * side), (int)Math.Min(side - 1, y * side)).Frame))
            : Problems.NotFound("No frame passes this filter; leave it out or widen it.");
    }

    private static async Task<Results<Ok<FrameDocument>, ProblemHttpResult>> GetAsync(
        string collection,
        string version,
        int number,
        OpenMaps maps,
        CancellationToken cancellationToken
    ) =>
        await maps.MapAsync(collection, version, cancellationToken) is not { } open ? Problems.NoMap(collection, version)
        : number < 0 || number >= open.Map.Count ? Problems.NoFrame(number, open.Map.Count)
        : TypedResults.Ok(open.Frame(number));

    private static async Task<Results<Ok<CellDocument>, ProblemHttpResult>> CellAsync(
        string collection,
        string version,
        int number,
        int level,
        [AsParameters] MapFilter filter,
        OpenMaps maps,
        CancellationToken cancellationToken
    ) =>
        await maps.MapAsync(collection, version, cancellationToken) is not { } open ? Problems.NoMap(collection, version)
        : number < 0 || number >= open.Map.Count ? Problems.NoFrame(number, open.Map.Count)
        : (await open.SelectAsync(filter)).Pictures?.Locate(number, level) is { } cell
            ? TypedResults.Ok(new CellDocument(cell.Level, cell.X, cell.Y, cell.Frame == number))
        : Problems.NotFound($"Frame {number} does not pass this filter; leave it out or widen it.");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        string collection,
        string version,
        int number,
        OpenMaps maps,
        FramePictures pictures,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        return number < 0 || number >= open.Map.Count ? Problems.NoFrame(number, open.Map.Count)
            : await pictures.JpegAsync(open.Map, number, cancellationToken) is { } jpeg ? TypedResults.File(jpeg, "image/jpeg")
            : Problems.NotFound(
                $"The film of frame {number} was removed since map {version} was made; make a map without it: atlas place -c {collection}"
            );
    }

    private static async Task<Results<Ok<NeighboursDocument>, ProblemHttpResult>> NeighboursAsync(
        string collection,
        string version,
        int number,
        int? count,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (number < 0 || number >= open.Map.Count)
        {
            return Problems.NoFrame(number, open.Map.Count);
        }

        var wanted = Math.Clamp(count ?? 9, 1, MostNeighbours);
        var found = await TrueNeighbours.OfFrameAsync(open, number, wanted, cancellationToken);
        var place = open.Map[number];
        var shown = (await open.SelectAsync(default)).Points.Nearest(place.X, place.Y, wanted, 1, other => other == number);
        return TypedResults.Ok(
            new NeighboursDocument(
                [.. found.Select(other => new NeighbourDocument(open.Frame(other.Number), other.Distance))],
                [
                    .. shown.Select(other => new NeighbourDocument(
                        open.Frame(other),
                        Math.Sqrt(Math.Pow(open.Map[other].X - place.X, 2) + Math.Pow(open.Map[other].Y - place.Y, 2))
                    )),
                ],
                found.Select(other => other.Number).Intersect(shown).Count()
            )
        );
    }

    private static bool IsPlace(double x, double y) => x is >= 0 and <= 1 && y is >= 0 and <= 1;
}
