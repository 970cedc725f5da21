using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Compares two photos that may show the same: lays one on the other and correlates them, as they are and by their
/// details.</summary>
internal static class PhotoComparison
{
    private const int Side = 40;
    private const int Around = 3;
    private const int HitsFollowed = 4;

    // Cells with fewer grey levels of details (root mean square), or with less than this share of the usual energy, say nothing.
    private const double Plain = 2;
    private const double Rich = 0.25;
    private const int Cells = 4;
    private const double CellAllows = 0.1;

    /// <summary>The best way to lay one on the other; null where none fits at all. <see cref="PictureHit.Alike"/> is the correlation of
    /// details: what differs from its surroundings.</summary>
    public static PictureHit? Best(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, IReadOnlyList<PictureHit> hits)
    {
        PictureHit? best = null;
        foreach (var hit in hits.OrderByDescending(hit => hit.Alike).Take(HitsFollowed))
        {
            var (viewA, viewB, whole) = PictureRegistration.Lay(a, hit.ViewA, b, hit.ViewB, arePhotos: true);
            if (whole * hit.Sign <= 0)
            {
                continue;
            }

            var details = Details(a, viewA, b, viewB) * hit.Sign;
            if (details > (best?.Alike ?? 0))
            {
                best = hit with { ViewA = viewA, ViewB = viewB, Alike = details };
            }
        }

        return best;
    }

    /// <summary>The correlation of details, or the least one of a sixteenth's where that is clearly less: two pictures of one kind, on one
    /// plain ground, may agree but for a part.</summary>
    private static double Details(ReadOnlySpan<byte> a, PictureView viewA, ReadOnlySpan<byte> b, PictureView viewB)
    {
        var (x, y) = (new float[Side * Side], new float[Side * Side]);
        viewA.Read(a, Side, Side, x);
        viewB.Read(b, Side, Side, y);
        var (sharpX, sharpY) = (Sharp(x), Sharp(y));
        var whole = PictureRegistration.Correlation(sharpX, sharpY);
        var least = Enumerable.Range(0, Cells * Cells).Min(cell => OfCell(sharpX, sharpY, cell, whole));
        return whole < 0 ? -Math.Min(-whole, least + CellAllows) : Math.Min(whole, least + CellAllows);
    }

    /// <summary>The same of a cell; that of the whole where the cell is plain.</summary>
    private static double OfCell(float[] x, float[] y, int cell, double whole)
    {
        const int Length = Side / Cells;
        var (a, b) = (new float[Length * Length], new float[Length * Length]);
        for (var row = 0; row < Length; row++)
        {
            var at = ((row + (cell / Cells * Length)) * Side) + (cell % Cells * Length);
            x.AsSpan(at, Length).CopyTo(a.AsSpan(row * Length));
            y.AsSpan(at, Length).CopyTo(b.AsSpan(row * Length));
        }

        var energy = TensorPrimitives.Dot<float>(a, a) / a.Length;
        return energy < Plain * Plain || energy < TensorPrimitives.Dot<float>(x, x) / x.Length * Rich
            ? Math.Abs(whole)
            : PictureRegistration.Correlation(a, b) * Math.Sign(whole);
    }

    private static float[] Sharp(float[] picture)
    {
        var sharp = new float[picture.Length];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (sum, count) = (0f, 0);
                for (var row = Math.Max(0, y - Around); row <= Math.Min(Side - 1, y + Around); row++)
                {
                    var (from, to) = (Math.Max(0, x - Around), Math.Min(Side - 1, x + Around));
                    sum += TensorPrimitives.Sum(picture.AsSpan((row * Side) + from, to - from + 1));
                    count += to - from + 1;
                }

                sharp[(y * Side) + x] = picture[(y * Side) + x] - (sum / count);
            }
        }

        return sharp;
    }
}
