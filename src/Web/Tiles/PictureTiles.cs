using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Draws tiles of pictures.</summary>
internal sealed class PictureTiles(WebMapOptions options, FramePictures pictures)
{
    private const int Quality = 82;
    private const int PicturesAtOnce = 8;

    // What stands here again because there is nothing else is drawn paler.
    private const double Paleness = 0.6;

    /// <summary>A tile as JPEG.</summary>
    public async Task<byte[]> DrawAsync(OpenMap map, PictureTree tree, TileAddress tile, int density, CancellationToken cancellationToken)
    {
        var size = TileSize.Of(map.Aspect);
        var image = new RgbImage(size.Width, size.Height);
        var canvas = new Canvas(image);
        var side = 1 << density;
        var cells = Enumerable
            .Range(0, side * side)
            .Select(cell => tree.Find(tile.Level + density, (tile.X << density) + (cell % side), (tile.Y << density) + (cell / side)))
            .DistinctBy(cell => (cell.Level, cell.X, cell.Y));

        // Cells do not touch each other; while one waits for the disk others are decoded.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = PicturesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(cells, parallel, async (cell, stop) => await DrawAsync(map, cell, tile, size, canvas, stop));
        return options.Images.EncodeJpeg(image, Quality);
    }

    /// <summary>A tile where no frame is shown at all.</summary>
    public byte[] Empty(OpenMap map) =>
        options.Images.EncodeJpeg(new Canvas(TileSize.Of(map.Aspect).Width, TileSize.Of(map.Aspect).Height, Palette.Other).Image, Quality);

    private async Task DrawAsync(
        OpenMap map,
        PictureCell cell,
        TileAddress tile,
        TileSize size,
        Canvas canvas,
        CancellationToken cancellationToken
    )
    {
        PixelRectangle area;
        RgbImage picture;
        if (cell.Level >= tile.Level)
        {
            var deeper = cell.Level - tile.Level;
            var (width, height) = (size.Width >> deeper, size.Height >> deeper);
            area = new((cell.X - (tile.X << deeper)) * width, (cell.Y - (tile.Y << deeper)) * height, width, height);
            picture = await pictures.ReadAsync(map, cell.Frame, width, height, cancellationToken);
        }
        else
        {
            // The picture is larger than the tile, which shows one of its parts.
            var higher = tile.Level - cell.Level;
            area = new(0, 0, size.Width, size.Height);
            var whole = await pictures.ReadAsync(map, cell.Frame, size.Width, size.Height, cancellationToken);
            picture = Part(whole, higher, tile.X - (cell.X << higher), tile.Y - (cell.Y << higher));
        }

        canvas.Picture(picture, area.X, area.Y);
        if (cell.Repeats)
        {
            canvas.Rectangle(area, Palette.Other, Paleness);
        }
    }

    /// <summary>One of the <c>2^halvings</c> by <c>2^halvings</c> parts of a picture, enlarged to the size of the whole.</summary>
    private static RgbImage Part(RgbImage whole, int halvings, int column, int row)
    {
        var parts = 1L << halvings;
        var (width, height) = (Math.Max(1, (int)(whole.Width / parts)), Math.Max(1, (int)(whole.Height / parts)));
        var (left, top) = ((int)(column * (long)whole.Width / parts), (int)(row * (long)whole.Height / parts));
        var part = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            whole.Span.Slice((((top + y) * whole.Width) + left) * 3, width * 3).CopyTo(part.Span[(y * width * 3)..]);
        }

        return Resampler.Cover(part, whole.Width, whole.Height);
    }
}
