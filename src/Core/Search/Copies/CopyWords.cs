using System.Globalization;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>What is different between two copies: the kind, and all of it in words.</summary>
internal static class CopyWords
{
    // Tempos nearer to 1 than this are called the same.
    private const double Retimed = 0.012;

    /// <summary>The ways in which two films or photos differ, the one that gives the kind its name first.</summary>
    /// <param name="viewA">What of the first is shown by</param>
    /// <param name="viewB">what of the second.</param>
    /// <param name="contents">What of each is within its borders.</param>
    /// <param name="sign">-1 for a negative.</param>
    /// <param name="tempo">How many times faster the second plays.</param>
    public static IEnumerable<(CopyKind Kind, string Word)> Of(
        PictureView viewA,
        PictureView viewB,
        (PictureView A, PictureView B) contents,
        int sign,
        double tempo
    )
    {
        if (Turn(viewA.Turn, viewB.Turn) is { } turned)
        {
            yield return turned;
        }

        if (sign < 0)
        {
            yield return (CopyKind.Negative, "negative");
        }

        if (Degrees(viewA, viewB) is > 0 and var degrees)
        {
            yield return (CopyKind.Straightened, string.Create(CultureInfo.InvariantCulture, $"straightened by {degrees:0.0} degrees"));
        }

        if (IsPartOf(viewA, contents.A) || IsPartOf(viewB, contents.B))
        {
            yield return (CopyKind.Cropped, "cropped");
        }

        if (contents.A != contents.B && (IsWithin(viewA, contents.A) || IsWithin(viewB, contents.B)))
        {
            yield return (CopyKind.Bordered, "bordered");
        }

        if (IsRetimed(tempo))
        {
            yield return (
                CopyKind.Retimed,
                string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(tempo - 1) * 100:0} % {(tempo > 1 ? "faster" : "slower")}")
            );
        }
    }

    /// <summary>Whether two films play at clearly different tempos.</summary>
    public static bool IsRetimed(double tempo) => Math.Abs(tempo - 1) > Retimed;

    /// <summary>Degrees that one photo was straightened by.</summary>
    public static double Degrees(PictureView viewA, PictureView viewB) => Math.Max(viewA.Degrees, viewB.Degrees);

    // The bars alone are left away, and the other one has none there.
    private static bool IsWithin(PictureView view, PictureView content) =>
        content != PictureView.Whole && view.IsPart && view.Width <= content.Width + 0.05 && view.Height <= content.Height + 0.05;

    private static bool IsPartOf(PictureView view, PictureView content) =>
        view.Width < 0.95 * content.Width || view.Height < 0.95 * content.Height;

    private static (CopyKind, string)? Turn(PictureTurn a, PictureTurn b)
    {
        // Only the views of one of the two are ever turned.
        var turn = a | b;
        return turn switch
        {
            PictureTurn.None => null,
            PictureTurn.Mirrored => (CopyKind.Mirrored, "mirrored"),
            PictureTurn.Half => (CopyKind.Turned, "turned by 180 degrees"),
            PictureTurn.Transposed | PictureTurn.Mirrored or PictureTurn.Transposed | PictureTurn.Flipped => (
                CopyKind.Turned,
                "turned by 90 degrees"
            ),
            PictureTurn.Flipped => (CopyKind.Mirrored, "upside down, mirrored"),
            _ => (CopyKind.Mirrored, "mirrored and turned by 90 degrees"),
        };
    }
}
