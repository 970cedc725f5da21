using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Rendering.Sheets;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas dissimilar</c>: the clips that differ most, or that together cover the library.</summary>
internal static class DissimilarVerb
{
    private static readonly Option<bool> Cover = new("--cover")
    {
        Description = "Choose the clips that together stand for the library, instead of those that differ most.",
    };

    public static Command Create()
    {
        var command = new Command("dissimilar", "Choose the clips that differ most from one another.")
        {
            CommonOptions.Collection,
            Pictures.Count,
            Cover,
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
        var (count, cover) = (Pictures.ReadCount(result), result.GetValue(Cover));
        var (picture, otio) = Pictures.ReadOutputs(result);
        var map = await call.OpenMapAsync(result, cancellationToken);
        var library = await ClipLibrary.ReadAsync(map, cancellationToken);
        var unlike = new SimilarSearch(library.Clips).Unlike;
        var chosen = cover
            ? DiverseSelection.Cover(library.Clips, count, cancellationToken).Select(choice => (choice.Clip, Value: choice.Share)).ToList()
            :
            [
                .. DiverseSelection
                    .Farthest(library.Clips, count, cancellationToken)
                    .Select(choice => (choice.Clip, Value: choice.Distance / unlike)),
            ];
        var title = cover
            ? $"{chosen.Count} clips that cover {map.Collection.Settings.Name}"
            : $"The {chosen.Count} clips of {map.Collection.Settings.Name} that differ most";
        if (picture is not null)
        {
            await new ClipSheet(Pictures.Codec, new ClipFrames(map, Pictures.Codec)).WriteAsync(
                picture,
                [.. chosen.Select(choice => new SheetClip(choice.Clip, Text(choice.Value, cover)))],
                title,
                map,
                cancellationToken
            );
        }

        if (otio is not null)
        {
            await Pictures.WriteOtioAsync(otio, title, map, [.. chosen.Select(choice => choice.Clip)], cancellationToken);
        }

        var clips = chosen.Select(choice => new
        {
            video = choice.Clip.Name,
            start = choice.Clip.Start,
            end = choice.Clip.End,
            distance = cover ? (double?)null : Math.Round(choice.Value, 4),
            share = cover ? Math.Round(choice.Value, 4) : (double?)null,
        });
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                cover,
                clips,
                picture,
                otio,
            },
            writer =>
            {
                Answer.Table(
                    writer,
                    [cover ? "stands for" : "distance", "clip"],
                    chosen.Select(choice => (IReadOnlyList<string>)[Text(choice.Value, cover), choice.Clip.Name])
                );
                Pictures.Mention(writer, picture, otio);
            }
        );
        return ExitCode.Done;
    }

    private static string Text(double value, bool cover) => value.ToString(cover ? "0%" : "0.00", CultureInfo.InvariantCulture);
}
