using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>Frames of a map: by place, by number, by what they look like.</summary>
internal static class FramesApi
{
    private const int MostNeighbours = 100;

    public static void Map(RouteGroupBuilder group)
    {
        var frames = group.MapGroup("").AddEndpointFilter<Unchanging>().WithTags("frames");
        frames
            .MapGet("near", NearAsync)
            .WithName("findFramesNear")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Frames near a place of the map, nearest first.");
        frames
            .MapGet("shown", ShownAsync)
            .WithName("getShownFrame")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The frame that the pictures show at a place, at a level: the plane is 2^level pictures wide.");
        var frame = frames.MapGroup("frames/{number:int}");
        frame.MapGet("", Get).WithName("getFrame").WithSummary("A frame.");
        frame
            .MapGet("cell", CellAsync)
            .WithName("getFrameCell")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The cell of the pictures that a frame belongs to, at a level: the plane is 2^level cells wide.");
        frame
            .MapGet("picture", PictureAsync)
            .WithName("getFramePicture")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .WithSummary("A frame's stored picture.");
        frame
            .MapGet("neighbours", NeighboursAsync)
            .WithName("getNeighbours")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary(
                "The frames most like a frame, among 'others' (the best of each other film and of each other shot of its own), its own "
                    + "'film', or 'all'; and those beside it on the map."
            );
    }

    private static async Task<Results<Ok<List<FrameDocument>>, ProblemHttpResult>> NearAsync(
        BoundMap map,
        double x,
        double y,
        int? limit,
        [AsParameters] MapFilter filter
    ) =>
        IsPlace(x, y)
            ? TypedResults.Ok(
                (await map.Open.SelectAsync(filter))
                    .Points.Nearest(x, y, Math.Min(limit ?? 1, MostNeighbours), map.Open.Aspect)
                    .Select(map.Open.Frame)
                    .ToList()
            )
            : Problems.Bad($"The place {x}, {y} is not on the map, which goes from 0, 0 to 1, 1.");

    private static async Task<Results<Ok<FrameDocument>, ProblemHttpResult>> ShownAsync(
        BoundMap map,
        double x,
        double y,
        int level,
        [AsParameters] MapFilter filter
    )
    {
        if (!IsPlace(x, y) || level is < 0 or > TileAddress.Deepest + Layer.MostDensity)
        {
            return Problems.Bad(
                $"The place {x}, {y} at level {level} is not on the map, which goes from 0, 0 to 1, 1 and has levels 0 to "
                    + $"{TileAddress.Deepest + Layer.MostDensity}."
            );
        }

        var (open, side) = (map.Open, Math.ScaleB(1, level));
        return (await open.SelectAsync(filter)).Pictures is { } tree
            ? TypedResults.Ok(open.Frame(tree.Find(level, (int)Math.Min(side - 1, x * side), (int)Math.Min(side - 1, y * side)).Frame))
            : Problems.Filtered();
    }

    private static Ok<FrameDocument> Get(BoundFrame frame) => TypedResults.Ok(frame.Open.Frame(frame.Number));

    private static async Task<Results<Ok<CellDocument>, ProblemHttpResult>> CellAsync(
        BoundFrame frame,
        int level,
        [AsParameters] MapFilter filter
    ) =>
        (await frame.Open.SelectAsync(filter)).Pictures?.Locate(frame.Number, level) is { } cell
            ? TypedResults.Ok(new CellDocument(cell.Level, cell.X, cell.Y, cell.Frame == frame.Number))
            : Problems.NotFound($"Frame {frame.Number} does not pass this filter; leave it out or widen it.");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        BoundFrame frame,
        FramePictures pictures,
        CancellationToken cancellationToken
    ) =>
        await pictures.JpegAsync(frame.Open.Map, frame.Number, cancellationToken) is { } jpeg
            ? TypedResults.File(jpeg, "image/jpeg")
            : Problems.NotFound(
                $"The film of frame {frame.Number} was removed since map {frame.Open.Map.Info.Version} was made; make a map without it: "
                    + $"atlas place -c {frame.Open.Map.Collection.Settings.Name}"
            );

    private static async Task<Results<Ok<NeighboursDocument>, ProblemHttpResult>> NeighboursAsync(
        BoundFrame frame,
        string? among,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (open, number, wanted) = (frame.Open, frame.Number, Math.Min(limit ?? 9, MostNeighbours));
        if ((among ?? "others") is not ("others" or "film" or "all"))
        {
            return Problems.Bad($"Neighbours can be asked for among 'others', 'film' and 'all', not '{among}'.");
        }

        var found = among switch
        {
            "all" => await TrueNeighbours.OfFrameAsync(open, number, wanted, cancellationToken),
            "film" => await OtherShots.InFilmAsync(open, number, wanted, cancellationToken),
            _ => await OtherShots.OfFrameAsync(open, number, wanted, cancellationToken),
        };
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
