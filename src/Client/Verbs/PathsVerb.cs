using System.CommandLine;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Paths;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas paths</c>: films' ways over the map.</summary>
internal static class PathsVerb
{
    private static readonly Argument<string[]> Films = new("FILM")
    {
        Description = "Films by their names or ids. Default: all",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<string> Size = new("--size")
    {
        Description = "Size of the picture in pixels. Default: 2400x1500",
        HelpName = "WxH",
        DefaultValueFactory = _ => "2400x1500",
    };

    private static readonly Option<int> Strips = new("--strips")
    {
        Description = "Films beside the map as strips of their frames, at most the 20 that have a colour; 0 lists names. Default: 20",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };
    private static readonly Option<bool> KeepBars = new("--keep-bars") { Description = "Leave the black bars of films on." };

    public static Command Create()
    {
        var command = new Command("paths", "Draw the way of each film over the map, a line a film.")
        {
            Films,
            CommonOptions.Collection,
            CommonOptions.Output,
            Size,
            Strips,
            KeepBars,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var (width, height) = Pictures.Pair(result.GetValue(Size)!, 'x', "--size", "width and height in pixels, such as 2400x1500");
        if (width is < 400 or > 20000 || height is < 300 or > 20000)
        {
            throw new UsageException($"--size '{result.GetValue(Size)}' is not between 400x300 and 20000x20000 pixels.");
        }

        if (result.GetValue(Strips) is < 0 or > 20)
        {
            throw new UsageException($"--strips {result.GetValue(Strips)} is not from 0 to 20.");
        }

        var map = await call.OpenMapAsync(result, cancellationToken);
        var films = Choose(map, result.GetValue(Films) ?? []);
        var request = new PathsRequest($"{map.Collection.Settings.Name}: the ways of films over the map")
        {
            Width = (int)width,
            Height = (int)height,
            Strips = result.GetValue(Strips),
        };
        var stored = new StoredFrames(map, Pictures.Codec);
        var frames = new CutFrames(stored, new FilmBars(map, stored, result.GetValue(KeepBars)));
        var image = await new PathsPicture(Pictures.Codec, frames).DrawAsync(map, films, request, cancellationToken);
        Pictures.Codec.Write(path, image, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                path,
                films = films.Select(map.NameOf),
            },
            writer => writer.WriteLine($"{path}: the ways of {films.Count} {(films.Count == 1 ? "film" : "films")}.")
        );
        return ExitCode.Done;
    }

    /// <summary>The films that were named, or all, those with the most frames first.</summary>
    private static List<int> Choose(AtlasMap map, string[] names)
    {
        if (names.Length > 0)
        {
            return
            [
                .. names
                    .Select(name =>
                        ClipName.Parse(name).FindIn(map)
                        ?? throw new UsageException(
                            $"'{name}' is no film of collection '{map.Collection.Settings.Name}'; atlas status -c "
                                + $"{map.Collection.Settings.Name} lists them."
                        )
                    )
                    .Distinct(),
            ];
        }

        return
        [
            .. map
                .Frames.CountBy(frame => frame.FilmIndex)
                .OrderByDescending(film => film.Value)
                .ThenBy(film => film.Key)
                .Select(film => film.Key),
        ];
    }
}
