using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Whether two films change alike all through a run. A cut changes more than anything else, so films that cut at the same times,
/// to and from something plain, are alike by the sum of their changes although they show different things.</summary>
internal static class RunChanges
{
    private const int Side = 20;

    // A change is what is different after half a second; they overlap by half.
    private const double Seconds = 0.5;

    // So many of the changes may be unlike: what a copy has over it, a quick movement between two pictures.
    private const double MayDiffer = 0.25;

    /// <summary>True where at least three quarters of the changes, each of which counts the same, are more alike than by chance. Moments at
    /// which nothing moves in one of the two say nothing.</summary>
    public static bool Agree(Thumbnails a, Thumbnails b, CopyRun run)
    {
        var (changes, unlike) = (0, 0);
        for (var start = 0.0; start + Seconds <= run.Seconds; start += Seconds / 2)
        {
            var changeA = Change(a, run.ViewA, run.FromA + start, Seconds);
            var changeB = Change(b, run.ViewB, run.FromB + (start * run.Tempo), Seconds * run.Tempo);
            if (Moves(changeA) && Moves(changeB))
            {
                changes++;
                unlike += TensorPrimitives.CosineSimilarity<float>(changeA, changeB) * run.Sign < MovementAlignment.Chance ? 1 : 0;
            }
        }

        return unlike <= MayDiffer * changes;
    }

    private static bool Moves(float[] change) =>
        TensorPrimitives.SumOfSquares<float>(change) >= MovementAlignment.Noise * MovementAlignment.Noise * change.Length;

    private static float[] Change(Thumbnails film, PictureView view, double from, double seconds)
    {
        var (before, after) = (Look(from), Look(from + seconds));
        TensorPrimitives.Subtract(after, before, after);
        return after;

        float[] Look(double time) => film.Slice(film.Nearest(time), 1).Look(view, Side);
    }
}
