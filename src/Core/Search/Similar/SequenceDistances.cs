using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Similar;

/// <summary>How far two clips are from each other, by the distances of their frames. 0 for a clip and itself (but for the blur
/// of <see cref="Transport"/>), in the unit of the matrix.</summary>
public static class SequenceDistances
{
    /// <summary>The set, by its worst frame: the farthest that any frame of either is from the nearest of the other.</summary>
    public static double Hausdorff(CostMatrix cost) => Math.Max(Nearest(cost).Max(), Nearest(cost.Transposed()).Max());

    /// <summary>The set: the mean way of a frame of either to the nearest of the other.</summary>
    public static double Chamfer(CostMatrix cost) => (Nearest(cost).Average() + Nearest(cost.Transposed()).Average()) / 2;

    /// <summary>The set with its amounts: the mean way of a frame when one clip's frames are moved onto the other's, all of equal weight
    /// (earth mover's distance, with the entropy term of Cuturi 2013, Sinkhorn distances).</summary>
    /// <param name="cost">Distances.</param>
    /// <param name="blur">Weight of the entropy, as a share of the mean distance.</param>
    public static double Transport(CostMatrix cost, double blur = 0.05)
    {
        const int Rounds = 100;
        var mean = TensorPrimitives.Sum<float>(cost.Values) / cost.Values.Length;
        if (mean <= 0)
        {
            return 0;
        }

        var kernel = cost.Values.Select(value => Math.Exp(-value / (blur * mean)) + 1e-300).ToArray();
        var (left, right) = (new double[cost.Rows], new double[cost.Columns]);
        Array.Fill(right, 1);
        for (var round = 0; round < Rounds; round++)
        {
            for (var row = 0; row < cost.Rows; row++)
            {
                left[row] = 1.0 / cost.Rows / TensorPrimitives.Dot(kernel.AsSpan(row * cost.Columns, cost.Columns), right);
            }

            var sums = new double[cost.Columns];
            for (var row = 0; row < cost.Rows; row++)
            {
                TensorPrimitives.MultiplyAdd(kernel.AsSpan(row * cost.Columns, cost.Columns), left[row], sums, sums);
            }

            for (var column = 0; column < cost.Columns; column++)
            {
                right[column] = 1.0 / cost.Columns / sums[column];
            }
        }

        return Enumerable
            .Range(0, cost.Values.Length)
            .Sum(i => left[i / cost.Columns] * kernel[i] * right[i % cost.Columns] * cost.Values[i]);
    }

    /// <summary>The order: the mean distance along the cheapest way to play both at once from beginning to end, each frame once or longer
    /// (Sakoe and Chiba 1978; a step along both counts twice, so that the divisor is the sum of the lengths).</summary>
    public static double DynamicTimeWarping(CostMatrix cost)
    {
        var above = new double[cost.Columns];
        var current = new double[cost.Columns];
        for (var row = 0; row < cost.Rows; row++)
        {
            for (var column = 0; column < cost.Columns; column++)
            {
                double here = cost[row, column];
                current[column] = (row, column) switch
                {
                    (0, 0) => 2 * here,
                    (0, _) => current[column - 1] + here,
                    (_, 0) => above[0] + here,
                    _ => Math.Min(above[column - 1] + (2 * here), Math.Min(above[column], current[column - 1]) + here),
                };
            }

            (above, current) = (current, above);
        }

        return above[^1] / (cost.Rows + cost.Columns);
    }

    /// <summary>Each row's least distance.</summary>
    public static float[] Nearest(CostMatrix cost) =>
        [.. Enumerable.Range(0, cost.Rows).Select(row => TensorPrimitives.Min(cost.Row(row)))];
}
