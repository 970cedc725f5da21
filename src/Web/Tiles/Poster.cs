using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Tiles;

/// <summary>The part of a map that a person drew around, as pictures side by side in that outline, each near its place.</summary>
internal static class Poster
{
    /// <summary>Most pictures.</summary>
    public const int MostPictures = 400;

    // Few pictures are shown at the size they are stored in, many at half of it.
    private const int FewPictures = 100;
    private const int MostSide = 200;

    /// <summary>Which frame stands where, and how large: as many cells of the map's own shape inside the outline as there are frames for,
    /// at most <see cref="MostPictures"/>; frames that look alike give way to others.</summary>
    /// <param name="open">The map.</param>
    /// <param name="frames">Numbers of the frames inside the outline, at least one.</param>
    /// <param name="corners">The outline.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<(GridLayout Layout, MosaicGeometry Geometry)> LayOutAsync(
        OpenMap open,
        IReadOnlyList<int> frames,
        double[][] corners,
        CancellationToken cancellationToken
    )
    {
        // Nothing is beside the map.
        var onMap = corners.Select(corner => new[] { Math.Clamp(corner[0], 0, 1), Math.Clamp(corner[1], 0, 1) }).ToArray();
        var (left, top) = (onMap.Min(corner => corner[0]), onMap.Min(corner => corner[1]));
        var width = Math.Max(1e-9, onMap.Max(corner => corner[0]) - left);
        var height = Math.Max(1e-9, onMap.Max(corner => corner[1]) - top);
        var (columns, rows, cells) = Grid(
            width / height,
            Math.Min(MostPictures, frames.Count),
            (x, y) => Polygon.Contains(onMap, left + (x * width), top + (y * height)),
            cancellationToken
        );
        var varied = await VariedFrames.ChooseAsync(open.Map, [.. frames.Order()], cells.Length, VariedFrames.Usual, cancellationToken);
        var placed = varied
            .Select(frame => frame with { X = Math.Clamp((frame.X - left) / width, 0, 1), Y = Math.Clamp((frame.Y - top) / height, 0, 1) })
            .ToList();
        var layout = GridAssignment.AssignTo(placed, MapView.Whole, columns, rows, cells, cancellationToken);

        // The outline's own shape exactly: pictures are cropped a little rather.
        var tile = TileSize.Of(open.Aspect).Width / (layout.Cells.Count <= FewPictures ? 1 : 2);
        var across = columns * tile;
        var down = Math.Max(rows, (int)Math.Round(across / (width / height * open.Aspect)));
        return (layout, MosaicGeometry.OfPicture(columns, rows, across, down, new(0, 0, across, down)));
    }

    /// <summary>The finest grid of a shape of which at most so many cells have their middle inside.</summary>
    private static (int Columns, int Rows, int[] Cells) Grid(
        double shape,
        int most,
        Func<double, double, bool> inside,
        CancellationToken cancellationToken
    )
    {
        (int Columns, int Rows, int[] Cells) best = (1, 1, [0]);
        for (var side = 1; side <= MostSide; side++)
        {
            var (columns, rows) =
                shape >= 1 ? (side, Math.Max(1, (int)Math.Round(side / shape))) : (Math.Max(1, (int)Math.Round(side * shape)), side);
            cancellationToken.ThrowIfCancellationRequested();
            var cells = Enumerable
                .Range(0, columns * rows)
                .Where(cell => inside(((cell % columns) + 0.5) / columns, ((cell / columns) + 0.5) / rows))
                .ToArray();
            if (cells.Length > most)
            {
                return best;
            }

            best = cells.Length >= best.Cells.Length ? (columns, rows, cells) : best;
        }

        return best;
    }
}
