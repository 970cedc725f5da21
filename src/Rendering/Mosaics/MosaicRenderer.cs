using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Draws a filled grid: every frame cropped to cover its cell, streamed to the file from the top.</summary>
/// <param name="codec">Writes the picture.</param>
/// <param name="frames">Gives the pixels of the frames.</param>
public sealed class MosaicRenderer(IImageCodec codec, IFrameSource frames)
{
    private const int StripBytes = 8 << 20;

    /// <summary>Frames read at once, and tiles drawn at once.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Resolution noted in the file.</summary>
    public int DotsPerInch { get; init; } = 300;

    /// <summary>Colour of the margin and of cells that are not filled.</summary>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>Drawn over the finished rows, e.g. a title in the margin: gets a canvas of some rows and the number of its first.</summary>
    public Action<Canvas, int>? Overlay { get; init; }

    /// <summary>Writes the picture; the format is the path's extension. At most two rows of frames and a few strips are in
    /// memory.</summary>
    public Task WriteAsync(GridLayout layout, MosaicGeometry geometry, string path, CancellationToken cancellationToken) =>
        StripQueue.WriteAsync(
            codec,
            path,
            geometry.Width,
            geometry.Height,
            DotsPerInch,
            (queue, stop) => DrawAsync(layout, geometry, queue, stop),
            cancellationToken
        );

    private async Task DrawAsync(GridLayout layout, MosaicGeometry geometry, StripQueue queue, CancellationToken cancellationToken)
    {
        var inner = geometry.Inner;
        await DrawRowsAsync([], geometry, 0, inner.Y, queue, cancellationToken).ConfigureAwait(false);
        var next = ReadRowAsync(layout, geometry, 0, cancellationToken);
        try
        {
            for (var row = 0; row < geometry.Rows; row++)
            {
                var tiles = await next.ConfigureAwait(false);
                next = row + 1 < geometry.Rows ? ReadRowAsync(layout, geometry, row + 1, cancellationToken) : Task.FromResult<Tile[]>([]);
                var cell = geometry.Cell(0, row);
                await DrawRowsAsync(tiles, geometry, cell.Y, cell.Y + cell.Height, queue, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DrawRowsAsync([], geometry, inner.Y + inner.Height, geometry.Height, queue, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Tile[]> ReadRowAsync(GridLayout layout, MosaicGeometry geometry, int row, CancellationToken cancellationToken)
    {
        var cells = layout.Cells.Where(cell => cell.Row == row).ToArray();
        var tiles = new Tile[cells.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel
            .ForAsync(
                0,
                cells.Length,
                options,
                async (i, stop) =>
                {
                    var place = geometry.Cell(cells[i].Column, row);
                    var image = await frames.ReadAsync(cells[i].Frame, place.Width, place.Height, stop).ConfigureAwait(false);
                    tiles[i] = new Tile(place, new Resampler(image, place.Width, place.Height));
                }
            )
            .ConfigureAwait(false);
        return tiles;
    }

    private async Task DrawRowsAsync(
        Tile[] tiles,
        MosaicGeometry geometry,
        int from,
        int to,
        StripQueue queue,
        CancellationToken cancellationToken
    )
    {
        var stride = geometry.Width * 3;
        var step = Math.Max(1, StripBytes / stride);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        for (var top = from; top < to; top += step)
        {
            var count = Math.Min(step, to - top);
            var buffer = await queue.RentAsync(count * stride, cancellationToken).ConfigureAwait(false);
            var canvas = new Canvas(new RgbImage(geometry.Width, count, buffer));
            if (tiles.Length < geometry.Columns || geometry.Inner.Width < geometry.Width)
            {
                canvas.Fill(Background);
            }

            var first = top;
            Parallel.ForEach(tiles, options, tile => tile.Pixels.Fill(first - tile.Place.Y, count, buffer, tile.Place.X * 3, stride));
            Overlay?.Invoke(canvas, top);
            queue.Add(buffer, count * stride);
        }
    }

    private sealed record Tile(PixelRectangle Place, Resampler Pixels);
}
