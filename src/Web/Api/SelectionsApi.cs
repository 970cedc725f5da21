using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>A part of the map that a person drew around.</summary>
/// <param name="Polygon">Corners, x and y from 0 to 1 each; a rectangle has four.</param>
/// <param name="Filter">Which films are shown.</param>
internal sealed record SelectionRequest(double[][] Polygon, FilterRequest? Filter = null);

/// <summary>Which films are shown; see the parameters of the same names elsewhere.</summary>
internal sealed record FilterRequest(string[]? Film, int[]? Group, DateOnly? From, DateOnly? To, DateTimeOffset? Since = null);

/// <summary>Parts of the map: what is in them, as lists for other programs, as posters.</summary>
internal static class SelectionsApi
{
    private const int MostCorners = 2000;
    private const int MostListed = 500;

    public static void Map(RouteGroupBuilder group)
    {
        var selection = group
            .MapGroup("selection")
            .WithTags("selections")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        selection
            .MapPost("", SelectAsync)
            .WithName("selectFrames")
            .WithSummary("The frames in a polygon: how many, of which films, the first 500.");
        selection
            .MapPost("export", ExportAsync)
            .WithName("exportSelection")
            .Produces(StatusCodes.Status200OK)
            .WithSummary("The frames in a polygon as csv, json or otio (OpenTimelineIO).");
        selection
            .MapPost("poster", PosterAsync)
            .WithName("drawPoster")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .WithSummary("The frames in a polygon as a mosaic of its shape, PNG.");
    }

    private static async Task<Results<Ok<SelectionDocument>, ProblemHttpResult>> SelectAsync(BoundMap map, SelectionRequest request)
    {
        var (frames, problem) = await FindAsync(map.Open, request);
        if (problem is not null)
        {
            return problem;
        }

        var open = map.Open;
        var films = frames.CountBy(number => open.Map[number].FilmIndex).OrderByDescending(film => film.Value).ThenBy(film => film.Key);
        return TypedResults.Ok(
            new SelectionDocument(
                frames.Count,
                [.. films.Select(film => new SelectedFilm(open.Map.FilmIds[film.Key], open.Map.NameOf(film.Key), film.Value))],
                [.. frames.Take(MostListed).Select(open.Frame)]
            )
        );
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        BoundMap map,
        string format,
        SelectionRequest request
    )
    {
        var (frames, problem) = await FindAsync(map.Open, request);
        var name = map.Open.Map.Collection.Settings.Name;
        return problem
            ?? format switch
            {
                "csv" => TypedResults.File(SelectionFiles.Csv(map.Open, frames), "text/csv", $"{name}.csv"),
                "json" => TypedResults.File(SelectionFiles.Json(map.Open, frames), "application/json", $"{name}.json"),
                "otio" => TypedResults.File(
                    OpenTimeline.Of(name, map.Open, frames),
                    "application/vnd.pixar.opentimelineio+json",
                    $"{name}.otio"
                ),
                _ => (Results<FileContentHttpResult, ProblemHttpResult>)
                    Problems.Bad($"The format '{format}' is none of csv, json and otio."),
            };
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PosterAsync(
        BoundMap map,
        SelectionRequest request,
        WebMapOptions options,
        CancellationToken cancellationToken
    )
    {
        var (frames, problem) = await FindAsync(map.Open, request);
        if (problem is not null)
        {
            return problem;
        }

        if (frames.Count == 0)
        {
            return Problems.NotFound("No frame is in this part of the map; draw around more of it.");
        }

        using var file = new TemporaryFile(".png");
        var (layout, geometry) = await Task.Run(
            () => Poster.LayOutAsync(map.Open, frames, request.Polygon, cancellationToken),
            cancellationToken
        );
        var stored = new StoredFrames(map.Open.Map, options.Images);
        var renderer = new MosaicRenderer(options.Images, new CutFrames(stored, new FilmBars(map.Open.Map, stored)));
        await renderer.WriteAsync(layout, geometry, file.Path, cancellationToken);
        var picture = await File.ReadAllBytesAsync(file.Path, cancellationToken);
        return TypedResults.File(picture, "image/png", $"{map.Open.Map.Collection.Settings.Name}.png");
    }

    private static async Task<(List<int> Frames, ProblemHttpResult? Problem)> FindAsync(OpenMap open, SelectionRequest request)
    {
        if (
            request.Polygon is not { Length: >= 3 and <= MostCorners } corners
            || corners.Any(corner => corner is not [>= -1 and <= 2, >= -1 and <= 2])
        )
        {
            return (
                [],
                Problems.Bad(
                    $"A selection is a polygon of 3 to {MostCorners} corners, each two numbers on the map (0 to 1), not "
                        + $"{request.Polygon?.Length ?? 0} corners."
                )
            );
        }

        var filter = request.Filter is { } wish ? new MapFilter(wish.Film, wish.Group, wish.From, wish.To, wish.Since) : default;
        return (Polygon.FramesIn(open, (await open.SelectAsync(filter)).Points, corners), null);
    }
}
