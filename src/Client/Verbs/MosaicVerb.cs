using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Verbs;

/// <summary>What a person asked a mosaic to be.</summary>
internal sealed record MosaicWish(
    double X = 0.5,
    double Y = 0.5,
    double Width = 1,
    int Columns = 11,
    int Rows = 18,
    int TileWidth = 534,
    int TileHeight = 300,
    double Variety = 0,
    PaperSize? Paper = null,
    bool TilesGiven = true,
    string Title = "",
    bool Legend = false,
    bool Originals = false
);

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
        Description = "0 (default) to 1: how much frames of the same film and second are kept apart.",
        HelpName = "0..1",
    };

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
            Preset,
            Title,
            Legend,
            Originals,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Draws a mosaic and its sidecar.</summary>
    public static async Task<MosaicDrawn> DrawAsync(AtlasMap map, string path, MosaicWish wish, CancellationToken cancellationToken)
    {
        var view = new MapView(wish.X, wish.Y, wish.Width);
        var frames = map.Frames.Where(frame => view.Contains(frame.X, frame.Y)).ToList();
        if (frames.Count == 0)
        {
            throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No frame is in the window of width {wish.Width} around {wish.X},{wish.Y}; give a larger --width or another --at."
                )
            );
        }

        var (layout, geometry, poster) = LayOut(map, frames, view, wish, cancellationToken);
        var overlay = poster?.Overlay(Workbench.Images);
        await DrawAsync(new StoredFrames(map, Workbench.Images));
        IReadOnlyList<StandIn> standIns = [];
        if (wish.Originals)
        {
            using var workbench = await Workbench.OpenAsync(
                map.Collection.Artifacts,
                () => throw new UsageException("A mosaic describes nothing."),
                cancellationToken
            );
            var originals = new OriginalFrames(map, workbench.Tools.Decoder, Workbench.Images);
            await originals.FetchAsync(layout, geometry, cancellationToken);
            await DrawAsync(originals);
            standIns = originals.StandIns;
        }

        var (sidecar, page) = (Path.ChangeExtension(path, ".json"), Path.ChangeExtension(path, ".html"));
        var names = Enumerable.Range(0, map.Films.Count).Select(map.NameOf).ToList();
        await AtomicFile.WriteAsync(
            sidecar,
            (stream, token) => stream.WriteAsync(MosaicSidecar.ToJson(Path.GetFileName(path), layout, geometry, names), token).AsTask(),
            cancellationToken
        );
        var title = wish.Title.Length > 0 ? wish.Title : $"{map.Collection.Settings.Name}, map {map.Info.Version}";
        await AtomicFile.WriteAsync(
            page,
            (stream, token) =>
                stream.WriteAsync(MosaicImageMap.ToHtml(Path.GetFileName(path), title, layout, geometry, map), token).AsTask(),
            cancellationToken
        );
        return new MosaicDrawn(
            path,
            sidecar,
            page,
            geometry.Width,
            geometry.Height,
            layout.Columns,
            layout.Rows,
            frames.Count,
            NeighbourScore.ByFilm(layout) is { Ratio: > 0 and < double.PositiveInfinity } score ? score : null,
            standIns
        );

        Task DrawAsync(IFrameSource source) =>
            new MosaicRenderer(Workbench.Images, source) { Overlay = overlay }.WriteAsync(layout, geometry, path, cancellationToken);
    }

    private static (GridLayout Layout, MosaicGeometry Geometry, PosterLayout? Poster) LayOut(
        AtlasMap map,
        IReadOnlyList<MapFrame> frames,
        MapView view,
        MosaicWish wish,
        CancellationToken cancellationToken
    )
    {
        if (wish.Paper is null)
        {
            var plain = GridAssignment.Assign(frames, view, wish.Columns, wish.Rows, wish.Variety, cancellationToken);
            return (plain, MosaicGeometry.OfTiles(plain.Columns, plain.Rows, wish.TileWidth, wish.TileHeight), null);
        }

        // The legend needs the cells, the cells the room that the legend leaves: a legend of all films has as many lines.
        var expected = wish.Legend ? new string[1 + Math.Min(40, frames.DistinctBy(frame => frame.FilmIndex).Count())] : [];
        var sheet = new PosterLayout(wish.Paper, wish.Title, expected);
        var shape = (double)wish.TileWidth / wish.TileHeight;
        var (columns, rows) = wish.TilesGiven ? (wish.Columns, wish.Rows) : sheet.Grid(wish.Columns, shape);

        // With too few frames the tiles grow and keep their shape.
        while (!wish.TilesGiven && columns > 1 && columns * rows > frames.Count)
        {
            (columns, rows) = sheet.Grid(columns - 1, shape);
        }

        var layout = GridAssignment.Assign(frames, view, columns, rows, wish.Variety, cancellationToken);
        var poster = new PosterLayout(wish.Paper, wish.Title, wish.Legend ? PosterLayout.LegendOf(layout, map) : []);
        return (layout, MosaicGeometry.OfPicture(layout.Columns, layout.Rows, wish.Paper.Width, wish.Paper.Height, poster.Inner), poster);
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var wish = Read(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var map = await call.OpenMapAsync(result, cancellationToken);
        var drawn = await DrawAsync(map, path, wish, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                drawn,
            },
            writer =>
            {
                if (wish.TilesGiven && (drawn.Columns, drawn.Rows) != (wish.Columns, wish.Rows))
                {
                    writer.WriteLine(
                        $"The window has {drawn.FramesInWindow} frames, fewer than {wish.Columns * wish.Rows} cells: the grid is "
                            + $"{drawn.Columns}x{drawn.Rows}."
                    );
                }

                writer.WriteLine(
                    $"{drawn.Path}: {drawn.Columns}x{drawn.Rows} of {drawn.FramesInWindow} frames, {drawn.Width}x{drawn.Height} "
                        + $"pixels; what stands where is in {drawn.Sidecar} and {drawn.Page}"
                );
                foreach (var film in drawn.StandIns)
                {
                    Console.Error.WriteLine($"stored frames stand in for {film.Frames} of '{film.Film}': {film.Reason}");
                }
            }
        );
        return ExitCode.Done;
    }

    private static MosaicWish Read(ParseResult result)
    {
        var (x, y) = Pictures.Pair(result.GetValue(At)!, ',', "--at", "two numbers from 0 to 1, such as 0.5,0.5");
        var (columns, rows) = Pictures.Pair(result.GetValue(Tiles)!, 'x', "--tiles", "columns and rows, such as 11x18");
        var (width, height) = Pictures.Pair(result.GetValue(Tile)!, 'x', "--tile", "width and height in pixels, such as 534x300");
        var wish = new MosaicWish(
            x,
            y,
            result.GetValue(Width),
            (int)columns,
            (int)rows,
            (int)width,
            (int)height,
            result.GetValue(Variety),
            Paper(result),
            result.GetValue(Preset) is null || result.GetResult(Tiles) is { Implicit: false },
            result.GetValue(Title) ?? "",
            result.GetValue(Legend),
            result.GetValue(Originals)
        );
        return wish switch
        {
            { X: < 0 or > 1 } or { Y: < 0 or > 1 } => throw new UsageException(
                $"--at '{result.GetValue(At)}' is not on the map, which goes from 0,0 to 1,1."
            ),
            { Width: not (> 0 and <= 1) } => throw new UsageException(
                $"--width {wish.Width} is not above 0 and at most 1; 1 is the whole map."
            ),
            { Columns: < 1 or > 1000 } or { Rows: < 1 or > 1000 } => throw new UsageException(
                $"--tiles '{result.GetValue(Tiles)}' is not between 1x1 and 1000x1000."
            ),
            { TileWidth: < 1 or > 4000 } or { TileHeight: < 1 or > 4000 } => throw new UsageException(
                $"--tile '{result.GetValue(Tile)}' is not between 1x1 and 4000x4000 pixels."
            ),
            { Variety: not (>= 0 and <= 1) } => throw new UsageException($"--variety {wish.Variety} is not from 0 to 1."),
            { Paper: null, Title.Length: > 0 } or { Paper: null, Legend: true } => throw new UsageException(
                "--title and --legend belong to a poster; add --preset a0, a1, a2 or a3."
            ),
            _ => wish,
        };
    }

    private static PaperSize? Paper(ParseResult result) =>
        result.GetValue(Preset) is not { } name
            ? null
            : PaperSize.Find(name)
                ?? throw new UsageException($"--preset '{name}' is none of {string.Join(", ", PaperSize.All.Select(size => size.Name))}.");
}

/// <summary>A mosaic that was drawn.</summary>
internal sealed record MosaicDrawn(
    string Path,
    string Sidecar,
    string Page,
    int Width,
    int Height,
    int Columns,
    int Rows,
    int FramesInWindow,
    NeighbourScore? SameFilm,
    IReadOnlyList<StandIn> StandIns
);
