using System.CommandLine;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
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
        Description = "Size of the picture in pixels. Default: 1600x1200",
        HelpName = "WxH",
        DefaultValueFactory = _ => "1600x1200",
    };

    public static Command Create()
    {
        var command = new Command("paths", "Draw the way of each film over the map, a line a film.")
        {
            Films,
            CommonOptions.Collection,
            CommonOptions.Output,
            Size,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var (width, height) = Pictures.Pair(result.GetValue(Size)!, 'x', "--size", "width and height in pixels, such as 1600x1200");
        if (width is < 400 or > 20000 || height is < 300 or > 20000)
        {
            throw new UsageException($"--size '{result.GetValue(Size)}' is not between 400x300 and 20000x20000 pixels.");
        }

        var map = await call.OpenMapAsync(result, cancellationToken);
        var films = Choose(map, result.GetValue(Films) ?? []);
        var image = new PathsPicture(Pictures.Codec).Draw(
            map,
            films,
            (int)width,
            (int)height,
            $"{map.Collection.Settings.Name}: ways of films over map {map.Info.Version}"
        );
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
