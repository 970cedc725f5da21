using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>The films themselves: only what the collection lists is ever opened.</summary>
internal static class FilmsApi
{
    public static void Map(RouteGroupBuilder group)
    {
        var film = group.MapGroup("{collection}/films/{film}").WithTags("films").ProducesProblem(StatusCodes.Status410Gone);
        film.MapGet("source", Source)
            .RequireRateLimiting(Crowding.Sources)
            .WithName("getFilmSource")
            .Produces(StatusCodes.Status200OK)
            .Produces(StatusCodes.Status206PartialContent)
            .ProducesProblem(StatusCodes.Status416RangeNotSatisfiable)
            .WithSummary("The film's file, with ranges.");
        film.MapGet("media", MediaAsync)
            .WithName("getFilmMedia")
            .WithSummary("What a browser is asked, to know whether it plays the film's file: its media type with codecs.");
        film.MapGet("stretch", StretchAsync)
            .RequireRateLimiting(Crowding.Stretches)
            .WithName("getFilmStretch")
            .Produces(StatusCodes.Status200OK, contentType: "video/webm")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("A stretch of the film as WebM, for what browsers do not play: start and end are seconds, at most 60 apart.");
        film.MapGet("frames/{segment:int}/{index:int}", PictureAsync)
            .WithName("getStoredFrame")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .WithSummary("A stored frame, whether or not it is on a map yet.");
    }

    private static FileStreamHttpResult Source(BoundSource source) =>
        TypedResults.Stream(
            source.Open.OpenRead(),
            SourceTypes.Of(source.Film) ?? "application/octet-stream",
            lastModified: source.Open.Modified,
            enableRangeProcessing: true
        );

    private static async Task<Ok<MediaDocument>> MediaAsync(BoundSource source, MediaTypes types, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MediaDocument(await types.OfAsync(source.Film, cancellationToken)));

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> StretchAsync(
        BoundSource source,
        double? start,
        double? end,
        Transcoder transcoder,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!transcoder.Works || source.Film.Info is not { Kind: MediaKind.Film } info)
        {
            return Problems.Unavailable(
                transcoder.Works
                    ? $"'{source.Film.Name}' is no film that can be played."
                    : "ffmpeg is not on the PATH; install it (Debian: apt-get install ffmpeg) to play films that the browser does not."
            );
        }

        var first = start ?? info.Start;
        var seconds = (end ?? first + 30) - first;
        if (first is not (>= 0 and <= 1e7) || seconds is not (> 0 and <= Transcoder.Longest))
        {
            return Problems.Bad(
                $"A stretch starts at 0 s or later and ends at most {Transcoder.Longest} s after that, not at {end} s where it starts at "
                    + $"{first} s."
            );
        }

        var fromStart = await FilmReach.NeedsStartAsync(source.Collection, source.Film.Id, first, first + seconds, cancellationToken);
        var stretch = await transcoder.StartAsync(
            source.Open.Path,
            info,
            Math.Max(0, first - info.Start),
            seconds,
            fromStart,
            cancellationToken
        );
        if (stretch is null)
        {
            return Problems.Busy(context);
        }

        // A film that is paused is not read for a while: the stretch's own patience counts.
        context.Response.RegisterForDisposeAsync(stretch);
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        return TypedResults.Stream(
            async stream =>
            {
                if (!await stretch.WriteToAsync(stream, cancellationToken))
                {
                    context.Abort();
                }
            },
            "video/webm"
        );
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        BoundCollection bound,
        string film,
        int segment,
        int index,
        FramePictures pictures,
        CancellationToken cancellationToken
    ) =>
        OpenMaps.IsFilmId(film)
        && segment >= 0
        && index >= 0
        && await pictures.JpegAsync(bound.Store, film, segment, index, cancellationToken) is { } jpeg
            ? TypedResults.File(jpeg, "image/jpeg")
            : Problems.NotFound($"There is no frame {index} of segment {segment} of film '{film}'.");
}
