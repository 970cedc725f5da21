using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds which part of one picture another one shows, from a first guess on: the part is moved and stretched until the difference
/// of the two, whatever their brightness and contrast, is least (Lucas and Kanade 1981, by Gauss-Newton steps).</summary>
internal static class PictureRegistration
{
    // Brightness, contrast, and where and how large it is; of a photo also how it leans, which is a fault of hands.
    private const int Unknowns = 6;
    private const int UnknownsOfPhotos = 8;
    private const int Steps = 6;
    private const double LargestStep = 0.08;

    // A photo straightened by more than about 3 degrees is another picture.
    private const double MostLean = 0.1;
    private const double LeastDegrees = 0.4;

    // Coarse first: it hears of a shift from farther away.
    private static readonly (int Side, int Unknowns)[] Looks = [(12, Unknowns), (32, Unknowns)];
    private static readonly (int Side, int Unknowns)[] LooksOfPhotos = [.. Looks, (32, UnknownsOfPhotos)];

    /// <summary>Fits the view of one of two pictures: of the one that is turned, or shows less.</summary>
    /// <param name="a">One.</param>
    /// <param name="viewA">Its first guess.</param>
    /// <param name="b">The other.</param>
    /// <param name="viewB">Its first guess.</param>
    /// <param name="arePhotos">Whether one may lean: photos are straightened by a degree or two.</param>
    /// <returns>The views, and the correlation of the two, below 0 for a negative.</returns>
    public static (PictureView A, PictureView B, double Correlation) Lay(
        ReadOnlySpan<byte> a,
        PictureView viewA,
        ReadOnlySpan<byte> b,
        PictureView viewB,
        bool arePhotos = false
    )
    {
        var looks = arePhotos ? LooksOfPhotos : Looks;
        if (viewB.Turn != PictureTurn.None || (viewA.Turn == PictureTurn.None && viewB.Area < viewA.Area))
        {
            var (refined, correlation) = Refine(b, viewB, a, viewA, looks);
            return (viewA, refined, correlation);
        }

        var (view, alike) = Refine(a, viewA, b, viewB, looks);
        return (view, viewB, alike);
    }

    /// <summary>The view of the first picture that shows best what the view of the second shows.</summary>
    /// <returns>The view, and the correlation of the two, below 0 for a negative.</returns>
    private static (PictureView View, double Correlation) Refine(
        ReadOnlySpan<byte> first,
        PictureView guess,
        ReadOnlySpan<byte> second,
        PictureView shown,
        (int Side, int Unknowns)[] looks
    )
    {
        var (best, correlation) = (guess, 0.0);
        foreach (var (side, unknowns) in looks)
        {
            var before = (best, correlation);
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

                if (step == Steps || Step(picture, target, side, unknowns) is not { } move)
                {
                    break;
                }

                var moved = view.Moved(move.Across - (move.Wide / 2), 1 + move.Wide, move.Down - (move.High / 2), 1 + move.High);
                view = Within(moved with { Lean = (moved.Lean.Across + move.LeanAcross, moved.Lean.Down + move.LeanDown) });
            }

            // Two pictures of one kind fit better askew, too; a photo that was straightened is turned.
            if (unknowns == UnknownsOfPhotos && best.Degrees < LeastDegrees)
            {
                (best, correlation) = before;
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
            Lean = (Math.Clamp(view.Lean.Across, -MostLean, MostLean), Math.Clamp(view.Lean.Down, -MostLean, MostLean)),
        };
    }

    /// <summary>The least-squares step: the target as the picture, brighter or darker, moved and stretched a little, and leaning where that
    /// is asked for.</summary>
    private static Move? Step(float[] picture, float[] target, int side, int unknowns)
    {
        var matrix = new double[unknowns, unknowns + 1];
        Span<double> row = stackalloc double[UnknownsOfPhotos];
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
                row[6] = across * (((y + 0.5) / side) - 0.5);
                row[7] = down * (((x + 0.5) / side) - 0.5);
                for (var i = 0; i < unknowns; i++)
                {
                    for (var j = 0; j < unknowns; j++)
                    {
                        matrix[i, j] += row[i] * row[j];
                    }

                    matrix[i, unknowns] += row[i] * target[at];
                }
            }
        }

        return Solve(matrix, unknowns) is { } solution && Math.Abs(solution[1]) > 0.05
            ? new Move(Bounded(2), Bounded(3), Bounded(4), Bounded(5), Bounded(6), Bounded(7))
            : null;

        double Bounded(int of) => of < unknowns ? Math.Clamp(solution[of] / solution[1], -LargestStep, LargestStep) : 0;
    }

    private readonly record struct Move(double Across, double Wide, double Down, double High, double LeanAcross, double LeanDown);

    /// <summary>Gauss-Jordan; null where the picture leaves something open.</summary>
    private static double[]? Solve(double[,] matrix, int unknowns)
    {
        for (var pivot = 0; pivot < unknowns; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < unknowns; row++)
            {
                best = Math.Abs(matrix[row, pivot]) > Math.Abs(matrix[best, pivot]) ? row : best;
            }

            if (Math.Abs(matrix[best, pivot]) < 1e-6)
            {
                return null;
            }

            for (var column = 0; column <= unknowns; column++)
            {
                (matrix[pivot, column], matrix[best, column]) = (matrix[best, column], matrix[pivot, column]);
            }

            for (var row = 0; row < unknowns; row++)
            {
                var share = row == pivot ? 0 : matrix[row, pivot] / matrix[pivot, pivot];
                for (var column = pivot; column <= unknowns && share != 0; column++)
                {
                    matrix[row, column] -= share * matrix[pivot, column];
                }
            }
        }

        return [.. Enumerable.Range(0, unknowns).Select(i => matrix[i, unknowns] / matrix[i, i])];
    }
}
