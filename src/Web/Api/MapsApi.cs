using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>A map: what is known about it, its films, what its colours mean.</summary>
internal static class MapsApi
{
    private const int MostFilms = 500;
    private const int MostOfStrip = 2000;

    public static void Map(RouteGroupBuilder group)
    {
        var map = group.MapGroup("").AddEndpointFilter<Unchanging>();
        map.MapGet("", GetAsync)
            .WithTags("maps")
            .WithName("getMap")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The map, its quality and how it is laid out in tiles.");
        map.MapGet("groups", Groups)
            .WithTags("maps")
            .WithName("listGroups")
            .WithSummary("What the colours of the points by film stand for.");
        var films = map.MapGroup("films").WithTags("films");
        films
            .MapGet("", Films)
            .WithName("listFilms")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Films whose names have all the words of search; sort is 'name' or 'frames', those with most first.");
        films
            .MapGet("{film}", Strip)
            .WithName("getFilmStrip")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("A film's frames in the order of time: its strip, and its path over the map.");
        films
            .MapGet("{film}/times", Times)
            .WithName("getFilmTimes")
            .WithSummary("The times of all frames of a film, which have numbers in a row.");
    }

    private static async Task<Ok<MapDocument>> GetAsync(BoundMap map, [AsParameters] MapFilter filter, Finder finder)
    {
        var (size, shown, info) = (TileSize.Of(map.Open.Aspect), await map.Open.SelectAsync(filter), map.Open.Map.Info);
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
                info.Newcomers,
                info.Note,
                size.Width,
                size.Height,
                Math.Min(TileAddress.Deepest, (shown.Pictures?.Depth ?? 0) + 1),
                map.Open.Map.Films.Count,
                finder.Works
            )
        );
    }

    private static Ok<List<GroupDocument>> Groups(BoundMap map) => TypedResults.Ok(map.Open.Groups.Select(Describing.Group).ToList());

    private static Results<Ok<FilmsDocument>, ProblemHttpResult> Films(BoundMap map, string? search, string? sort, int? limit)
    {
        if ((sort ?? "name") is not ("name" or "frames"))
        {
            return Problems.Bad($"Films can be sorted by 'name' or 'frames', not '{sort}'.");
        }

        var (open, words) = (map.Open, (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var found = Enumerable
            .Range(0, open.Map.Films.Count)
            .Where(film =>
                open.Map.Films[film] is not null
                && words.All(word => open.Map.NameOf(film).Contains(word, StringComparison.OrdinalIgnoreCase))
            )
            .OrderBy(film => sort == "frames" ? -open.CountOf(film) : 0)
            .ThenBy(open.Map.NameOf, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return TypedResults.Ok(new FilmsDocument(found.Count, [.. found.Take(Math.Min(limit ?? 50, MostFilms)).Select(open.Film)]));
    }

    private static Ok<StripDocument> Strip(BoundFilm bound, int? limit)
    {
        var (open, start, count) = (bound.Open, bound.Open.FramesOf(bound.Number).Start.Value, bound.Open.CountOf(bound.Number));
        var wanted = Math.Min(count, Math.Min(limit ?? 200, MostOfStrip));
        var frames = Enumerable.Range(0, wanted).Select(i => start + (wanted < 2 ? 0 : (int)((long)i * (count - 1) / (wanted - 1))));
        return TypedResults.Ok(new StripDocument(open.Film(bound.Number), [.. frames.Select(open.Frame)]));
    }

    private static Ok<TimesDocument> Times(BoundFilm bound)
    {
        var frames = bound.Open.FramesOf(bound.Number);
        return TypedResults.Ok(new TimesDocument(frames.Start.Value, bound.Open.Map.Times[frames]));
    }
}
