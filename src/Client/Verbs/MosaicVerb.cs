using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Client.Verbs;

/// <summary>What a person asked a mosaic to be.</summary>
internal sealed record MosaicWish(double X = 0.5, double Y = 0.5, double Width = 1, int Columns = 11, int Rows = 18, int TileWidth = 534, int TileHeight = 300, double Variety = 0);

/// <summary><c>atlas mosaic</c>: frames on a grid, each near its place on the map.</summary>
internal static class MosaicVerb
{
    private static readonly Option<string> At = new("--at") { Description = "Centre of the window on the map, from 0,0 (top left) to 1,1. Default: 0.5,0.5", HelpName = "X,Y", DefaultValueFactory = _ => "0.5,0.5" };
    private static readonly Option<double> Width = new("--width") { Description = "Side of the window; 1 (default) is the whole map.", HelpName = "W", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Tiles = new("--tiles") { Description = "Columns and rows of the grid. Default: 11x18", HelpName = "CxR", DefaultValueFactory = _ => "11x18" };
    private static readonly Option<string> Tile = new("--tile") { Description = "Size of a tile in pixels. Default: 534x300", HelpName = "WxH", DefaultValueFactory = _ => "534x300" };
    private static readonly Option<double> Variety = new("--variety") { Description = "0 (default) to 1: how much frames of the same film and second are kept apart.", HelpName = "0..1" };

    public static Command Create()
    {
        var command = new Command("mosaic", "Draw the map, or a part of it, as frames side by side; no frame stands twice.")
        {
            CommonOptions.Collection, CommonOptions.Output, At, Width, Tiles, Tile, Variety, CommonOptions.Map,
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
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"No frame is in the window of width {wish.Width} around {wish.X},{wish.Y}; give a larger --width or another --at."));
        }

        var layout = GridAssignment.Assign(frames, view, wish.Columns, wish.Rows, wish.Variety, cancellationToken);
        var geometry = MosaicGeometry.OfTiles(layout.Columns, layout.Rows, wish.TileWidth, wish.TileHeight);
        await new MosaicRenderer(Workbench.Images, new StoredFrames(map, Workbench.Images)).WriteAsync(layout, geometry, path, cancellationToken);
        var sidecar = Path.ChangeExtension(path, ".json");
        var names = Enumerable.Range(0, map.Films.Count).Select(map.NameOf).ToList();
        await WholeFile.WriteAsync(sidecar, (stream, token) => stream.WriteAsync(MosaicSidecar.ToJson(Path.GetFileName(path), layout, geometry, names), token).AsTask(), cancellationToken);
        return new MosaicDrawn(path, sidecar, geometry.Width, geometry.Height, layout.Columns, layout.Rows, frames.Count, NeighbourScore.ByFilm(layout) is { Ratio: > 0 and < double.PositiveInfinity } score ? score : null);
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var wish = Read(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var map = await call.OpenMapAsync(result, cancellationToken);
        var drawn = await DrawAsync(map, path, wish, cancellationToken);
        call.Answer.Write(new { collection = map.Collection.Settings.Name, map = map.Info.Version, drawn }, writer =>
        {
            if ((drawn.Columns, drawn.Rows) != (wish.Columns, wish.Rows))
            {
                writer.WriteLine($"The window has {drawn.FramesInWindow} frames, fewer than {wish.Columns * wish.Rows} cells: the grid is {drawn.Columns}x{drawn.Rows}.");
            }

            writer.WriteLine($"{drawn.Path}: {drawn.Columns}x{drawn.Rows} of {drawn.FramesInWindow} frames, {drawn.Width}x{drawn.Height} pixels; what stands where is in {drawn.Sidecar}");
        });
        return ExitCode.Done;
    }

    private static MosaicWish Read(ParseResult result)
    {
        var (x, y) = Pictures.Pair(result.GetValue(At)!, ',', "--at", "two numbers from 0 to 1, such as 0.5,0.5");
        var (columns, rows) = Pictures.Pair(result.GetValue(Tiles)!, 'x', "--tiles", "columns and rows, such as 11x18");
        var (width, height) = Pictures.Pair(result.GetValue(Tile)!, 'x', "--tile", "width and height in pixels, such as 534x300");
        var wish = new MosaicWish(x, y, result.GetValue(Width), (int)columns, (int)rows, (int)width, (int)height, result.GetValue(Variety));
        return wish switch
        {
            { X: < 0 or > 1 } or { Y: < 0 or > 1 } => throw new UsageException($"--at '{result.GetValue(At)}' is not on the map, which goes from 0,0 to 1,1."),
            { Width: not (> 0 and <= 1) } => throw new UsageException($"--width {wish.Width} is not above 0 and at most 1; 1 is the whole map."),
            { Columns: < 1 or > 1000 } or { Rows: < 1 or > 1000 } => throw new UsageException($"--tiles '{result.GetValue(Tiles)}' is not between 1x1 and 1000x1000."),
            { TileWidth: < 1 or > 4000 } or { TileHeight: < 1 or > 4000 } => throw new UsageException($"--tile '{result.GetValue(Tile)}' is not between 1x1 and 4000x4000 pixels."),
            { Variety: not (>= 0 and <= 1) } => throw new UsageException($"--variety {wish.Variety} is not from 0 to 1."),
            _ => wish,
        };
    }
}

/// <summary>A mosaic that was drawn.</summary>
internal sealed record MosaicDrawn(string Path, string Sidecar, int Width, int Height, int Columns, int Rows, int FramesInWindow, NeighbourScore? SameFilm);
