using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Where the cells of a grid lie in the picture, in pixels.</summary>
public sealed record MosaicGeometry
{
    /// <summary>Cells a row.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows of cells.</summary>
    public required int Rows { get; init; }

    /// <summary>Pixels a row of the picture.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the picture.</summary>
    public required int Height { get; init; }

    /// <summary>The part of the picture that the cells fill; around it is margin.</summary>
    public required PixelRectangle Inner { get; init; }

    /// <summary>Tiles of one size side by side, no margin: 11 x 18 tiles of 534 x 300 give 5874 x 5400.</summary>
    public static MosaicGeometry OfTiles(int columns, int rows, int tileWidth, int tileHeight) =>
        OfPicture(
            columns,
            rows,
            checked(columns * tileWidth),
            checked(rows * tileHeight),
            new PixelRectangle(0, 0, columns * tileWidth, rows * tileHeight)
        );

    /// <summary>A picture of a given size, such as a sheet of paper; where the cells do not divide it evenly, some are a pixel
    /// larger.</summary>
    public static MosaicGeometry OfPicture(int columns, int rows, int width, int height, PixelRectangle inner) =>
        inner.X >= 0
        && inner.Y >= 0
        && inner.X + inner.Width <= width
        && inner.Y + inner.Height <= height
        && inner.Width >= columns
        && inner.Height >= rows
            ? new()
            {
                Columns = columns,
                Rows = rows,
                Width = width,
                Height = height,
                Inner = inner,
            }
            : throw new AtlasException(
                $"{columns} x {rows} cells do not fit into {inner} of a picture of {width} x {height} pixels: take larger tiles or "
                    + "fewer of them."
            );

    /// <summary>The pixels of a cell.</summary>
    public PixelRectangle Cell(int column, int row)
    {
        var (left, top) = (Edge(Inner.Width, column, Columns), Edge(Inner.Height, row, Rows));
        return new(Inner.X + left, Inner.Y + top, Edge(Inner.Width, column + 1, Columns) - left, Edge(Inner.Height, row + 1, Rows) - top);
    }

    private static int Edge(int length, int index, int count) => (int)((long)length * index / count);
}
