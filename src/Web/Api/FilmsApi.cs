using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>The films themselves: only files that the collection lists are ever opened.</summary>
internal static class FilmsApi
{
    public static void Map(RouteGroupBuilder group)
    {
        var film = group.MapGroup("{collection}/films/{film}");
        film.MapGet("source", SourceAsync)
            .Produces(StatusCodes.Status200OK)
            .Produces(StatusCodes.Status206PartialContent)
            .WithSummary("The film's file, with ranges.");
        film.MapGet("stretch", StretchAsync)
            .Produces(StatusCodes.Status200OK, contentType: "video/webm")
            .WithSummary("A stretch of the film as WebM, for what browsers do not play.");
        film.MapGet("frames/{segment:int}/{index:int}", PictureAsync)
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .WithSummary("A stored frame, whether or not it is on a map yet.");
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> SourceAsync(
        string collection,
        string film,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        var (record, path, problem) = await FindAsync(collection, film, maps, cancellationToken);
        return problem
            ?? (Results<PhysicalFileHttpResult, ProblemHttpResult>)
                TypedResults.PhysicalFile(path!, SourceTypes.Of(record!) ?? "application/octet-stream", enableRangeProcessing: true);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> StretchAsync(
        string collection,
        string film,
        double? from,
        double? seconds,
        OpenMaps maps,
        Transcoder transcoder,
        CancellationToken cancellationToken
    )
    {
        var (record, path, problem) = await FindAsync(collection, film, maps, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        if (!transcoder.Works || record!.Info is not { Kind: MediaKind.Film } info)
        {
            return Problems.Unavailable(
                transcoder.Works
                    ? $"'{record!.Name}' is no film that can be played."
                    : "ffmpeg is not on the PATH; install it (Debian: apt-get install ffmpeg) to play films that the browser does not."
            );
        }

        if (from is < 0 or > 1e7 || seconds is not (null or (> 0 and <= Transcoder.Longest)))
        {
            return Problems.Bad(
                $"A stretch starts at 0 s or later and is above 0 and at most {Transcoder.Longest} s long, not {seconds} s from "
                    + $"{from} s on."
            );
        }

        return TypedResults.Stream(
            stream =>
                transcoder.WriteAsync(path!, Math.Max(0, (from ?? info.Start) - info.Start), seconds ?? 30, stream, cancellationToken),
            "video/webm"
        );
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        string collection,
        string film,
        int segment,
        int index,
        OpenMaps maps,
        FramePictures pictures,
        CancellationToken cancellationToken
    )
    {
        if (await maps.CollectionAsync(collection, cancellationToken) is not { } found)
        {
            return Problems.NoCollection(collection);
        }

        return
            OpenMaps.IsFilmId(film)
            && segment >= 0
            && index >= 0
            && await pictures.JpegAsync(found, film, segment, index, cancellationToken) is { } jpeg
            ? TypedResults.File(jpeg, "image/jpeg")
            : Problems.NotFound($"There is no frame {index} of segment {segment} of film '{film}'.");
    }

    private static async Task<(VideoRecord? Record, string? Path, ProblemHttpResult? Problem)> FindAsync(
        string collection,
        string film,
        OpenMaps maps,
        CancellationToken cancellationToken
    )
    {
        if (await maps.CollectionAsync(collection, cancellationToken) is not { } found)
        {
            return (null, null, Problems.NoCollection(collection));
        }

        if (!OpenMaps.IsFilmId(film) || await found.VideoAsync(film, cancellationToken) is not { } record)
        {
            return (null, null, Problems.NoFilm(film));
        }

        return SourceTypes.PathOf(record) is { } path
            ? (record, path, null)
            : (
                null,
                null,
                Problems.NotFound(
                    $"The file of '{record.Name}' is not where it was indexed; attach its disk, or index it again where it is now."
                )
            );
    }
}
