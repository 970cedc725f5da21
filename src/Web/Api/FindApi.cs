using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>Finding clips that are alike: of films on the map, and of pictures and clips that are not.</summary>
internal static class FindApi
{
    private const long LargestFile = 1L << 30;
    private const int MostMatches = 50;
    private const int FramesShown = 3;
    private const int NearestShown = 12;

    public static void Map(RouteGroupBuilder group)
    {
        group
            .MapGet("films/{film}/similar", SimilarAsync)
            .AddEndpointFilter<Unchanging>()
            .WithSummary("The stretches most like a film, or like its part between two times (seconds), at most one a film.");
        group
            .MapPost("find", FindAsync)
            .Accepts<byte[]>("application/octet-stream", "*/*")
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
            .WithSummary(
                "Where a picture or clip would be on the map, and what is most like it: frames like a picture, stretches like a clip."
            );
    }

    private static async Task<Results<Ok<SimilarDocument>, ProblemHttpResult>> SimilarAsync(
        string collection,
        string version,
        string film,
        double? from,
        double? to,
        int? count,
        OpenMaps maps,
        ClipFinder clips,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (open.FilmNumber(film) is not { } number || open.Map.Films[number] is null)
        {
            return Problems.NoFilm(film);
        }

        if (from > to)
        {
            return Problems.Bad($"A part of a film begins before it ends, not at {from} s and {to} s.");
        }

        var query = await ClipFinder.ReadAsync(open, number, from, to, cancellationToken);
        var found = await clips.FindAsync(open, query, Math.Clamp(count ?? 6, 1, MostMatches), cancellationToken);
        return TypedResults.Ok(new SimilarDocument(query.Start, query.End, query.Count, Matches(open, found)));
    }

    private static async Task<Results<Ok<FoundDocument>, ProblemHttpResult>> FindAsync(
        string collection,
        string version,
        string? name,
        HttpRequest request,
        OpenMaps maps,
        Finder finder,
        ClipFinder clips,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return Problems.NoMap(collection, version);
        }

        if (!finder.Works)
        {
            return Problems.Unavailable(
                "The model that describes pictures, or ffmpeg, is not here; start the map with: atlas serve, on the machine that "
                    + "indexed the collection."
            );
        }

        using var file = new TemporaryFile(
            Path.GetExtension(name) is { Length: > 0 and < 10 } extension && extension.Skip(1).All(char.IsAsciiLetterOrDigit)
                ? extension
                : ""
        );
        await using (var target = File.Create(file.Path))
        {
            await request.Body.CopyToAsync(target, cancellationToken);
        }

        var (found, reason) = await finder.DescribeAsync(open, file.Path, cancellationToken);
        return found is null
            ? Problems.Bad(reason!.Replace(Path.GetFileName(file.Path), name ?? "The file", StringComparison.Ordinal))
            : TypedResults.Ok(
                found.Clip.Count == 1
                    ? new FoundDocument("picture", Places(found.Clip), 0, await NearestAsync(open, found.Reduced, cancellationToken), [])
                    : new FoundDocument(
                        "clip",
                        Places(found.Clip),
                        found.Clip.End - found.Clip.Start,
                        [],
                        Matches(open, await clips.FindAsync(open, found.Clip, NearestShown, cancellationToken))
                    )
            );
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
                match.Why
            )),
        ];
}

/// <summary>The stretches most like a clip of the map.</summary>
/// <param name="Start">First time of the clip that was asked for, in seconds.</param>
/// <param name="End">Its last time.</param>
/// <param name="Frames">Its frames.</param>
/// <param name="Matches">The best first, at most one a film.</param>
internal sealed record SimilarDocument(double Start, double End, int Frames, IReadOnlyList<MatchDocument> Matches);

/// <summary>A stretch of a film that is like a clip.</summary>
/// <param name="Frame">Its first frame, with film and time.</param>
/// <param name="Start">First time in seconds.</param>
/// <param name="End">Last time in seconds.</param>
/// <param name="Frames">Numbers of a few of its frames, evenly spread.</param>
/// <param name="Score">1 for the same, 0 for as far apart as two frames of the collection that have nothing to do with each other.</param>
/// <param name="Looks">The same of what is seen.</param>
/// <param name="Order">The same of its order.</param>
/// <param name="Why">What is alike, in words.</param>
internal sealed record MatchDocument(
    FrameDocument Frame,
    double Start,
    double End,
    IReadOnlyList<int> Frames,
    double Score,
    double Looks,
    double Order,
    string Why
);

/// <summary>Where a picture or clip would be.</summary>
/// <param name="Kind"><c>picture</c> or <c>clip</c>.</param>
/// <param name="Places">Its frames' places on the map in the order of time.</param>
/// <param name="Seconds">From the first frame to the last.</param>
/// <param name="Nearest">The frames most like a picture.</param>
/// <param name="Clips">The stretches most like a clip.</param>
internal sealed record FoundDocument(
    string Kind,
    IReadOnlyList<PlaceDocument> Places,
    double Seconds,
    IReadOnlyList<NeighbourDocument> Nearest,
    IReadOnlyList<MatchDocument> Clips
);

/// <summary>A place on the map, 0 to 1 across and down.</summary>
internal sealed record PlaceDocument(double X, double Y);
