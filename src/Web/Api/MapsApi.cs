using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>A map: what is known about it, its films, a poster of a part of it.</summary>
internal static class MapsApi
{
    private const int MostFilms = 500;

    public static void Map(RouteGroupBuilder group)
    {
        var map = group.MapGroup("").AddEndpointFilter<Unchanging>();
        map.MapGet("", GetAsync).WithSummary("The map, its quality and how it is laid out in tiles.");
        map.MapGet("films", FilmsAsync)
            .WithSummary(
                "Films on the map whose name has all the words asked for, by name, or with order=frames those with most frames first."
            );
        map.MapGet("films/{film}", StripAsync).WithSummary("A film's frames in the order of time: its strip, and its path over the map.");
    }

    private static async Task<Results<Ok<MapDocument>, ProblemHttpResult>> GetAsync(
        string collection,
        string version,
        [AsParameters] MapFilter filter,
        OpenMaps maps,
        Finder finder,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        var size = TileSize.Of(open.Aspect);
        var shown = await open.SelectAsync(filter);
        var info = open.Map.Info;
        return TypedResults.Ok(
            new MapDocument(
                info.Version,
                info.Method,
                info.Frames,
                shown.Points.Count,
                info.Components,
                info.VarianceKept,
                info.Quality,
                info.Drift,
                info.Note,
                size.Width,
                size.Height,
                Math.Min(TileAddress.Deepest, (shown.Pictures?.Depth ?? 0) + 1),
                open.Map.Films.Count,
                finder.Works
            )
        );
    }

    private static async Task<Results<Ok<FilmsDocument>, ProblemHttpResult>> FilmsAsync(
        string collection,
        string version,
        string? search,
        string? order,
        int? most,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        var words = (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = Enumerable
            .Range(0, open.Map.Films.Count)
            .Where(film =>
                open.Map.Films[film] is not null
                && words.All(word => open.Map.NameOf(film).Contains(word, StringComparison.OrdinalIgnoreCase))
            )
            .OrderBy(film => order == "frames" ? open.ColourRank(film) : 0)
            .ThenBy(open.Map.NameOf, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return TypedResults.Ok(new FilmsDocument(found.Count, [.. found.Take(Math.Clamp(most ?? 50, 1, MostFilms)).Select(open.Film)]));
    }

    private static async Task<Results<Ok<StripDocument>, ProblemHttpResult>> StripAsync(
        string collection,
        string version,
        string film,
        int? most,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (open.FilmNumber(film) is not { } number)
        {
            return Problems.NoFilm(film);
        }

        var (start, count) = (open.FramesOf(number).Start.Value, open.FramesOf(number).End.Value - open.FramesOf(number).Start.Value);
        var wanted = Math.Min(count, Math.Clamp(most ?? 200, 2, 2000));
        var frames = Enumerable.Range(0, wanted).Select(i => start + (wanted < 2 ? 0 : (int)((long)i * (count - 1) / (wanted - 1))));
        return TypedResults.Ok(new StripDocument(open.Film(number), [.. frames.Select(open.Frame)]));
    }
}
