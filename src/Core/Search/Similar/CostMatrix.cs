using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>Distances between the frames of two clips.</summary>
/// <param name="Rows">Frames of the first.</param>
/// <param name="Columns">Frames of the second.</param>
/// <param name="Values">Euclidean distances, <c>[Rows, Columns]</c>.</param>
public sealed record CostMatrix(int Rows, int Columns, float[] Values)
{
    /// <summary>A distance.</summary>
    public float this[int row, int column] => Values[(row * Columns) + column];

    /// <summary>A row of distances.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Distances of reduced vectors.</summary>
    public static CostMatrix Of(Clip a, Clip b) => Of(a.Rows, b.Rows, a.Width);

    /// <summary>Distances on the map.</summary>
    public static CostMatrix OnMap(Clip a, Clip b) => Of(a.Positions, b.Positions, 2);

    /// <summary>Distances of vectors of a width, one row after another.</summary>
    public static CostMatrix Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width)
    {
        var (rows, columns) = (a.Length / width, b.Length / width);
        var values = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var left = a.Slice(row * width, width);
            for (var column = 0; column < columns; column++)
            {
                values[(row * columns) + column] = MathF.Sqrt(Distance.Squared(left, b.Slice(column * width, width)));
            }
        }

        return new CostMatrix(rows, columns, values);
    }

    /// <summary>The same with the two clips exchanged.</summary>
    public CostMatrix Transposed()
    {
        var values = new float[Values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                values[(column * Rows) + row] = Values[(row * Columns) + column];
            }
        }

        return new CostMatrix(Columns, Rows, values);
    }
}
