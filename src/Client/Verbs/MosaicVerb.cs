using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas mosaic</c>: frames on a grid, each near its place on the map.</summary>
internal static class MosaicVerb
{
    private static readonly Option<string> At = new("--at")
    {
        Description = "Centre of the window on the map, from 0,0 (top left) to 1,1. Default: 0.5,0.5",
        HelpName = "X,Y",
        DefaultValueFactory = _ => "0.5,0.5",
    };
    private static readonly Option<double> Width = new("--width")
    {
        Description = "Side of the window; 1 (default) is the whole map.",
        HelpName = "W",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> Tiles = new("--tiles")
    {
        Description = "Columns and rows of the grid. Default: 11x18",
        HelpName = "CxR",
        DefaultValueFactory = _ => "11x18",
    };
    private static readonly Option<string> Tile = new("--tile")
    {
        Description = "Size of a tile in pixels. Default: 534x300",
        HelpName = "WxH",
        DefaultValueFactory = _ => "534x300",
    };
    private static readonly Option<double> Variety = new("--variety")
    {
        Description = "0 to 1: how far frames that look alike give way to others. 0 takes any, 1 those that differ most. Default: 0.7",
        HelpName = "0..1",
        DefaultValueFactory = _ => 0.7,
    };
    private static readonly Option<bool> KeepGrid = new("--keep-grid")
    {
        Description = "With fewer frames than cells, keep the grid and leave cells empty, instead of fewer (on a poster larger) tiles.",
    };
    private static readonly Option<bool> KeepBars = new("--keep-bars") { Description = "Leave the black bars of films on." };

    private static readonly Option<string?> Preset = new("--preset")
    {
        Description = "A poster at 300 dots an inch: a0 (9933x14043), a1, a2 or a3; tiles fill the sheet.",
        HelpName = "SIZE",
    };
    private static readonly Option<string?> Title = new("--title") { Description = "Title over a poster.", HelpName = "TEXT" };
    private static readonly Option<bool> Legend = new("--legend") { Description = "The films below a poster." };
    private static readonly Option<bool> Originals = new("--originals")
    {
        Description = "Take the frames out of the films themselves, at full size; a picture from the store is there first.",
    };

    public static Command Create()
    {
        var command = new Command("mosaic", "Draw the map, or a part of it, as frames side by side; no frame stands twice.")
        {
            CommonOptions.Collection,
            CommonOptions.Output,
            At,
            Width,
            Tiles,
            Tile,
            Variety,
            KeepGrid,
            KeepBars,
            Preset,
            Title,
            Legend,
            Originals,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var request = Read(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var map = await call.OpenMapAsync(result, cancellationToken);
        await using var atlas = request.Originals ? await call.OpenAtlasAsync(map.Collection.Artifacts, cancellationToken) : null;
        var drawn = await new MosaicDrawing(map, Pictures.Codec, () => atlas!.Work).DrawAsync(path, request, cancellationToken);
        var notes = Notes(request, drawn).ToList();
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                drawn,
                notes,
            },
            writer =>
            {
                writer.WriteLine(
                    $"{drawn.Path}: {drawn.Columns}x{drawn.Rows} of {drawn.FramesInWindow} frames, {drawn.Width}x{drawn.Height} "
                        + $"pixels; what stands where is in {drawn.Sidecar} and {drawn.Page}"
                );
                writer.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Variety {drawn.Variety.Share:0.00}: {drawn.Variety.Distinct} of {drawn.Variety.Tiles} tiles show something that "
                            + $"none before them does."
                    )
                );
                foreach (var note in notes)
                {
                    writer.WriteLine(note);
                }

                foreach (var film in drawn.StandIns)
                {
                    Console.Error.WriteLine($"stored frames stand in for {film.Frames} of '{film.Film}': {film.Reason}");
                }
            }
        );
        return ExitCode.Done;
    }

    /// <summary>What is not as it was asked for, each with the choice there is.</summary>
    private static IEnumerable<string> Notes(MosaicRequest request, MosaicDrawn drawn)
    {
        var (asked, cells) = ($"{drawn.AskedColumns}x{drawn.AskedRows}", drawn.AskedColumns * drawn.AskedRows);
        if ((drawn.Columns, drawn.Rows) != (drawn.AskedColumns, drawn.AskedRows))
        {
            yield return $"The window has {drawn.FramesInWindow} frames, fewer than the {cells} cells of {asked}: there are "
                + $"{drawn.Columns}x{drawn.Rows} {(request.Paper is null ? "tiles and a smaller picture" : "larger tiles")}. With "
                + $"--keep-grid there are {asked} cells, {cells - drawn.FramesInWindow} of them empty; for more frames index at a "
                + "higher --fps.";
        }
        else if (drawn.Variety.Tiles < cells)
        {
            yield return $"The window has {drawn.FramesInWindow} frames: {cells - drawn.Variety.Tiles} of {asked} cells are empty. Without "
                + $"--keep-grid there are fewer {(request.Paper is null ? "tiles and a smaller picture" : "and larger tiles")}.";
        }

        if (drawn.BarsCut.Count > 0)
        {
            yield return $"Black bars were cut away of {drawn.BarsCut.Count} {(drawn.BarsCut.Count == 1 ? "film" : "films")}; --keep-bars "
                + "leaves them on.";
        }

        if (drawn.Unnamed > 0)
        {
            yield return $"The legend has no room for {drawn.Unnamed} films: take a larger sheet, or fewer and larger --tiles.";
        }
    }

    private static MosaicRequest Read(ParseResult result)
    {
        var (x, y) = Pictures.Pair(result.GetValue(At)!, ',', "--at", "two numbers from 0 to 1, such as 0.5,0.5");
        var (columns, rows) = Pictures.Pair(result.GetValue(Tiles)!, 'x', "--tiles", "columns and rows, such as 11x18");
        var (width, height) = Pictures.Pair(result.GetValue(Tile)!, 'x', "--tile", "width and height in pixels, such as 534x300");
        var request = new MosaicRequest
        {
            X = x,
            Y = y,
            Width = result.GetValue(Width),
            Columns = (int)columns,
            Rows = (int)rows,
            TileWidth = (int)width,
            TileHeight = (int)height,
            Variety = result.GetValue(Variety),
            KeepGrid = result.GetValue(KeepGrid),
            KeepBars = result.GetValue(KeepBars),
            Paper = Paper(result),
            IsGridFixed = result.GetValue(Preset) is null || result.GetResult(Tiles) is { Implicit: false },
            Title = result.GetValue(Title) ?? "",
            Legend = result.GetValue(Legend),
            Originals = result.GetValue(Originals),
        };
        return request switch
        {
            { X: < 0 or > 1 } or { Y: < 0 or > 1 } => throw new UsageException(
                $"--at '{result.GetValue(At)}' is not on the map, which goes from 0,0 to 1,1."
            ),
            { Width: not (> 0 and <= 1) } => throw new UsageException(
                $"--width {request.Width} is not above 0 and at most 1; 1 is the whole map."
            ),
            { Columns: < 1 or > 1000 } or { Rows: < 1 or > 1000 } => throw new UsageException(
                $"--tiles '{result.GetValue(Tiles)}' is not between 1x1 and 1000x1000."
            ),
            { TileWidth: < 1 or > 4000 } or { TileHeight: < 1 or > 4000 } => throw new UsageException(
                $"--tile '{result.GetValue(Tile)}' is not between 1x1 and 4000x4000 pixels."
            ),
            { Variety: not (>= 0 and <= 1) } => throw new UsageException($"--variety {request.Variety} is not from 0 to 1."),
            { Paper: null, Title.Length: > 0 } or { Paper: null, Legend: true } => throw new UsageException(
                "--title and --legend belong to a poster; add --preset a0, a1, a2 or a3."
            ),
            _ => request,
        };
    }

    private static PaperSize? Paper(ParseResult result) =>
        result.GetValue(Preset) is not { } name
            ? null
            : PaperSize.Find(name)
                ?? throw new UsageException($"--preset '{name}' is none of {string.Join(", ", PaperSize.All.Select(size => size.Name))}.");
}
