using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds which part of one picture another one shows, from a first guess on: the part is moved and stretched until the difference
/// of the two, whatever their brightness and contrast, is least (Lucas and Kanade 1981, by Gauss-Newton steps).</summary>
internal static class PictureRegistration
{
    private const int Unknowns = 6;
    private const int Steps = 6;
    private const double LargestStep = 0.08;

    // Coarse first: it hears of a shift from farther away.
    private static readonly int[] Sides = [12, 32];

    /// <summary>Fits the view of one of two pictures: of the one that is turned, or shows less.</summary>
    /// <returns>The views, and the correlation of the two, below 0 for a negative.</returns>
    public static (PictureView A, PictureView B, double Correlation) Lay(
        ReadOnlySpan<byte> a,
        PictureView viewA,
        ReadOnlySpan<byte> b,
        PictureView viewB
    )
    {
        if (viewB.Turn != PictureTurn.None || (viewA.Turn == PictureTurn.None && viewB.Area < viewA.Area))
        {
            var (refined, correlation) = Refine(b, viewB, a, viewA);
            return (viewA, refined, correlation);
        }

        var (view, alike) = Refine(a, viewA, b, viewB);
        return (view, viewB, alike);
    }

    /// <summary>The view of the first picture that shows best what the view of the second shows.</summary>
    /// <returns>The view, and the correlation of the two, below 0 for a negative.</returns>
    private static (PictureView View, double Correlation) Refine(
        ReadOnlySpan<byte> first,
        PictureView guess,
        ReadOnlySpan<byte> second,
        PictureView shown
    )
    {
        var (best, correlation) = (guess, 0.0);
        foreach (var side in Sides)
        {
            var target = new float[side * side];
            shown.Read(second, side, side, target);
            var picture = new float[side * side];
            var view = best;
            correlation = 0;
            for (var step = 0; step <= Steps; step++)
            {
                view.Read(first, side, side, picture);
                var now = Correlation(picture, target);
                if (Math.Abs(now) > Math.Abs(correlation))
                {
                    (best, correlation) = (view, now);
                }

                if (step == Steps || Step(picture, target, side) is not { } move)
                {
                    break;
                }

                view = Within(view.Moved(move.Across - (move.Wide / 2), 1 + move.Wide, move.Down - (move.High / 2), 1 + move.High));
            }
        }

        return (best, correlation);
    }

    /// <summary>Correlation of two pictures; 0 where one is plain.</summary>
    public static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (meanA, meanB) = (TensorPrimitives.Sum(a) / a.Length, TensorPrimitives.Sum(b) / b.Length);
        var (covariance, energyA, energyB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (covariance, energyA, energyB) = (covariance + (x * y), energyA + (x * x), energyB + (y * y));
        }

        return energyA < a.Length || energyB < a.Length ? 0 : covariance / Math.Sqrt(energyA * energyB);
    }

    private static PictureView Within(PictureView view)
    {
        var (width, height) = (Math.Clamp(view.Width, 0.4, 1), Math.Clamp(view.Height, 0.4, 1));
        return view with
        {
            Left = Math.Clamp(view.Left, 0, 1 - width),
            Top = Math.Clamp(view.Top, 0, 1 - height),
            Width = width,
            Height = height,
        };
    }

    /// <summary>The least-squares step: the target as the picture, brighter or darker, moved and stretched a little.</summary>
    private static (double Across, double Wide, double Down, double High)? Step(float[] picture, float[] target, int side)
    {
        var matrix = new double[Unknowns, Unknowns + 1];
        Span<double> row = stackalloc double[Unknowns];
        for (var y = 1; y < side - 1; y++)
        {
            for (var x = 1; x < side - 1; x++)
            {
                var at = (y * side) + x;
                var across = (picture[at + 1] - picture[at - 1]) * side / 2.0;
                var down = (picture[at + side] - picture[at - side]) * side / 2.0;
                row[0] = 1;
                row[1] = picture[at];
                row[2] = across;
                row[3] = across * (((x + 0.5) / side) - 0.5);
                row[4] = down;
                row[5] = down * (((y + 0.5) / side) - 0.5);
                for (var i = 0; i < Unknowns; i++)
                {
                    for (var j = 0; j < Unknowns; j++)
                    {
                        matrix[i, j] += row[i] * row[j];
                    }

                    matrix[i, Unknowns] += row[i] * target[at];
                }
            }
        }

        return Solve(matrix) is { } solution && Math.Abs(solution[1]) > 0.05
            ? (Bounded(solution[2]), Bounded(solution[3]), Bounded(solution[4]), Bounded(solution[5]))
            : null;

        double Bounded(double value) => Math.Clamp(value / solution[1], -LargestStep, LargestStep);
    }

    /// <summary>Gauss-Jordan; null where the picture leaves something open.</summary>
    private static double[]? Solve(double[,] matrix)
    {
        for (var pivot = 0; pivot < Unknowns; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < Unknowns; row++)
            {
                best = Math.Abs(matrix[row, pivot]) > Math.Abs(matrix[best, pivot]) ? row : best;
            }

            if (Math.Abs(matrix[best, pivot]) < 1e-6)
            {
                return null;
            }

            for (var column = 0; column <= Unknowns; column++)
            {
                (matrix[pivot, column], matrix[best, column]) = (matrix[best, column], matrix[pivot, column]);
            }

            for (var row = 0; row < Unknowns; row++)
            {
                var share = row == pivot ? 0 : matrix[row, pivot] / matrix[pivot, pivot];
                for (var column = pivot; column <= Unknowns && share != 0; column++)
                {
                    matrix[row, column] -= share * matrix[pivot, column];
                }
            }
        }

        return [.. Enumerable.Range(0, Unknowns).Select(i => matrix[i, Unknowns] / matrix[i, i])];
    }
}
