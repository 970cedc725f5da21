using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>Finding clips that are alike: of films on the map, and of pictures and clips that are not.</summary>
internal static class FindApi
{
    private const double SlowestUpload = 10_000;
    private const int MostMatches = 50;
    private const int FramesShown = 3;
    private const int NearestShown = 12;

    public static void Map(RouteGroupBuilder group, WebLimits limits)
    {
        group
            .MapGet("films/{film}/similar", SimilarAsync)
            .AddEndpointFilter<Unchanging>()
            .WithTags("films")
            .WithName("findSimilarClips")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The stretches most like a film, or like its part from start to end (seconds), at most one a film.");
        var find = group.MapGroup("find").WithTags("find");
        find.MapPost("", FindAsync)
            .Accepts<byte[]>("application/octet-stream", "*/*")
            .WithMetadata(new RequestSizeLimitAttribute(limits.UploadBytes))
            .RequireRateLimiting(Crowding.Uploads)
            .WithName("findFile")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary(
                "Where a picture or clip would be on the map, and what is most like it: frames like a picture, stretches like a clip, "
                    + "copies first."
            );
        find.MapGet("{key}", GetAsync).WithName("getFound").WithSummary("What was found for a file before, by the key of that answer.");
    }

    private static async Task<Results<Ok<SimilarDocument>, ProblemHttpResult>> SimilarAsync(
        BoundFilm bound,
        double? start,
        double? end,
        int? limit,
        ClipFinder clips,
        CancellationToken cancellationToken
    )
    {
        var (open, film) = (bound.Open, bound.Number);
        if (open.Map.Films[film] is null)
        {
            return Problems.NoFilm(open.Map.FilmIds[film]);
        }

        if (start > end)
        {
            return Problems.Bad($"A part of a film begins before it ends, not at {start} s and {end} s.");
        }

        var query = await ClipFinder.ReadAsync(open, film, start, end, cancellationToken);
        var asked = new ClipQuery(query, null, new ClipName(query.Name, start, end));
        var found = await clips.FindAsync(open, asked, Math.Min(limit ?? 6, MostMatches), cancellationToken);
        return TypedResults.Ok(new SimilarDocument(query.Start, query.End, query.Count, Matches(open, found)));
    }

    private static async Task<Results<Ok<FoundDocument>, ProblemHttpResult>> FindAsync(
        BoundMap map,
        string? name,
        HttpRequest request,
        Finder finder,
        ClipFinder clips,
        KeptAnswers kept,
        CancellationToken cancellationToken
    )
    {
        if (!finder.Works)
        {
            return Problems.Unavailable(
                "The model that describes pictures, or ffmpeg, is not here; start the map with: atlas serve, on the machine that "
                    + "indexed the collection."
            );
        }

        // Who sends slower keeps others from it.
        request.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = new(SlowestUpload, TimeSpan.FromSeconds(10));
        using var file = new TemporaryFile(
            Path.GetExtension(name) is { Length: > 0 and < 10 } extension && extension.Skip(1).All(char.IsAsciiLetterOrDigit)
                ? extension
                : ""
        );
        await using (var target = File.Create(file.Path))
        {
            await request.Body.CopyToAsync(target, cancellationToken);
        }

        var (found, reason) = await finder.DescribeAsync(map.Open, file.Path, cancellationToken);
        if (found is null)
        {
            return Problems.Bad(reason!.Replace(Path.GetFileName(file.Path), name ?? "The file", StringComparison.Ordinal));
        }

        var key = await KeptAnswers.KeyAsync(file.Path, cancellationToken);
        var answer = await AnswerAsync(map.Open, found, key, name ?? "The file", clips, cancellationToken);
        await kept.KeepAsync(map.Open, key, answer, cancellationToken);
        return TypedResults.Ok(answer);
    }

    private static async Task<Results<Ok<FoundDocument>, ProblemHttpResult>> GetAsync(
        BoundMap map,
        string key,
        KeptAnswers kept,
        CancellationToken cancellationToken
    ) =>
        await kept.ReadAsync(map.Open, key, cancellationToken) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.NotFound("What was found for this file is not kept for this map; drop the file on the page again.");

    private static async Task<FoundDocument> AnswerAsync(
        OpenMap open,
        OutsideClip found,
        string key,
        string name,
        ClipFinder clips,
        CancellationToken cancellationToken
    )
    {
        var query = ClipQuery.Of(found, new ClipName(name, null, null));
        var matches = await clips.FindAsync(open, query, NearestShown, cancellationToken);
        return found.Clip.Count == 1
            ? new(
                key,
                name,
                "picture",
                Places(found.Clip),
                0,
                await NearestAsync(open, found.Reduced, cancellationToken),
                Matches(open, [.. matches.Where(match => match.IsCopy)])
            )
            : new(key, name, "clip", Places(found.Clip), found.Clip.End - found.Clip.Start, [], Matches(open, matches));
    }

    private static async Task<IReadOnlyList<NeighbourDocument>> NearestAsync(
        OpenMap open,
        float[] vector,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await TrueNeighbours.OfVectorAsync(open, vector, NearestShown, cancellationToken)).Select(frame => new NeighbourDocument(
                open.Frame(frame.Number),
                frame.Distance
            )),
        ];

    private static IReadOnlyList<PlaceDocument> Places(Clip clip) =>
        [
            .. clip.Spread(ClipMeasure.MostFrames)
                .Select(frame => new PlaceDocument(clip.Positions[2 * frame], clip.Positions[(2 * frame) + 1])),
        ];

    private static IReadOnlyList<MatchDocument> Matches(OpenMap open, IReadOnlyList<ClipMatch> matches) =>
        [
            .. matches.Select(match => new MatchDocument(
                open.Frame(match.Clip.First),
                match.Clip.Start,
                match.Clip.End,
                [.. match.Clip.Spread(FramesShown).Distinct().Select(frame => match.Clip.First + frame)],
                match.Score,
                match.Looks,
                match.Order,
                match.IsCopy,
                match.Why
            )),
        ];
}
