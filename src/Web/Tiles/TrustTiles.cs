using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Draws tiles that shade regions by how far their frames' places can be trusted.</summary>
internal static class TrustTiles
{
    private const int Block = 16;

    // A region of a tile at level n is a block of it: 2^5 blocks of 16 pixels are 512.
    private const int Halvings = 5;

    /// <summary>A tile as PNG, to be laid half transparent over others, smooth between the middles of regions.</summary>
    public static byte[] Draw(OpenMap map, TrustGrid trust, TileAddress tile)
    {
        var size = TileSize.Of(map.Aspect);
        var (columns, rows) = ((size.Width / Block) + 1, (size.Height / Block) + 1);
        var corners = new float[columns * rows];
        for (var corner = 0; corner < corners.Length; corner++)
        {
            var x = (tile.X + ((double)(corner % columns) / (columns - 1))) * tile.Width;
            var y = (tile.Y + ((double)(corner / columns) / (rows - 1))) * tile.Width;
            corners[corner] = trust.At(x, y, Math.Min(tile.Level + Halvings - 1, 6));
        }

        var pixels = new byte[size.Width * size.Height * 4];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var (column, row) = (x / Block, y / Block);
                var (across, down) = ((x % Block) / (float)Block, (y % Block) / (float)Block);
                var top = Mix(corners[(row * columns) + column], corners[(row * columns) + column + 1], across);
                var bottom = Mix(corners[((row + 1) * columns) + column], corners[((row + 1) * columns) + column + 1], across);
                var value = Mix(top, bottom, down);
                var at = ((y * size.Width) + x) * 4;
                var colour = float.IsNaN(value) ? Palette.Other : Palette.Sequential(value);
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (colour.R, colour.G, colour.B, 255);
            }
        }

        return TransparentPng.Encode(size.Width, size.Height, pixels);
    }

    private static float Mix(float from, float to, float share) => from + ((to - from) * share);
}
