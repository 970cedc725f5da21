using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Hosting;
using OrleansAtlas.Rendering.Sheets;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas similar</c>: the clips of the library that are most like one.</summary>
internal static class SimilarVerb
{
    private static readonly Argument<string> Film = new("FILM[@FROM-TO]")
    {
        Description = "A film of the collection by its name or id, or a film or photo file or its address; times in seconds or m:ss.",
    };

    public static Command Create()
    {
        var command = new Command("similar", "Find the clips that are most like a film, a part of one, or a photo.")
        {
            Film,
            CommonOptions.Collection,
            Pictures.Count,
            Pictures.Output,
            Pictures.Otio,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var count = Pictures.ReadCount(result);
        var (picture, otio) = Pictures.ReadOutputs(result);
        var map = await call.OpenMapAsync(result, cancellationToken);
        var library = await ClipLibrary.ReadAsync(map, cancellationToken);
        var query = await QueryAsync(call, result.GetRequiredValue(Film), library, cancellationToken);
        await using var atlas = await call.OpenAtlasAsync(map.Collection.Artifacts, cancellationToken);
        var search = new ClipSearch(map, new SimilarSearch(library.Clips), Pictures.Codec, ClipSearch.Sources(atlas.WorkOrNull));
        var matches = await search.FindAsync(query, count, cancellationToken);
        if (picture is not null)
        {
            var clips = matches
                .Select(match => new SheetClip(match.Clip, match.Score.ToString("0.00", CultureInfo.InvariantCulture)))
                .Prepend(new SheetClip(query.Clip, "asked for"));
            await new ClipSheet(Pictures.Codec, new ClipFrames(map, Pictures.Codec, query.Jpegs)).WriteAsync(
                picture,
                [.. clips],
                $"Most like {query.Title}",
                map,
                cancellationToken
            );
        }

        if (otio is not null)
        {
            await Pictures.WriteOtioAsync(
                otio,
                $"Most like {query.Title}",
                map,
                [.. matches.Select(match => match.Clip)],
                cancellationToken
            );
        }

        var document = new
        {
            collection = map.Collection.Settings.Name,
            map = map.Info.Version,
            query = new
            {
                video = query.Clip.Name,
                from = query.Asked.From,
                to = query.Asked.To,
                start = query.Clip.Start,
                end = query.Clip.End,
            },
            matches = matches.Select(match => new
            {
                video = match.Clip.Name,
                start = match.Clip.Start,
                end = match.Clip.End,
                match.Score,
                match.Looks,
                match.Order,
                match.IsCopy,
                match.Why,
            }),
            picture,
            otio,
        };
        call.Answer.Write(
            document,
            writer =>
            {
                Answer.Table(
                    writer,
                    ["score", "clip", "from", "to", "why"],
                    matches.Select(match =>
                        (IReadOnlyList<string>)
                            [
                                match.Score.ToString("0.000", CultureInfo.InvariantCulture),
                                match.Clip.Name,
                                Pictures.Time(match.Clip.Start),
                                Pictures.Time(match.Clip.End),
                                match.Why,
                            ]
                    )
                );
                Pictures.Mention(writer, picture, otio);
            }
        );
        return ExitCode.Done;
    }

    private static async Task<ClipQuery> QueryAsync(Invocation call, string film, ClipLibrary library, CancellationToken cancellationToken)
    {
        Atlas? atlas = null;
        try
        {
            return await ClipQuery.ReadAsync(film, library, OpenAsync, cancellationToken);
        }
        finally
        {
            await (atlas?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        async Task<WorkContext> OpenAsync()
        {
            atlas = await call.OpenAtlasAsync(library.Map.Collection.Artifacts, cancellationToken);
            return atlas.Work;
        }
    }
}
