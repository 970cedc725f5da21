using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Copies;

/// <summary>Pairs of pieces that may be copies: frames of one have descriptors near those of the other. Cropping, another size and even
/// mirroring move a descriptor, but less far than another scene is.</summary>
internal static class CopyCandidates
{
    /// <summary>Copies' frames are nearer than this, on unit length; the bench has the margin.</summary>
    public const double Near = 1.15;

    // So many frames of a piece are looked up in the other: a shared part of some seconds has several of them.
    private const int LookedUp = 48;
    private const int NearOnes = 2;

    /// <summary>Pairs of pieces of different films, in a fixed order.</summary>
    public static IReadOnlyList<(CopyPiece A, CopyPiece B)> Find(IReadOnlyList<CopyPiece> pieces, CancellationToken cancellationToken)
    {
        var found = new List<(CopyPiece, CopyPiece)>[pieces.Count];
        Parallel.For(
            0,
            pieces.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            a =>
                found[a] = [
                    .. pieces
                        .Skip(a + 1)
                        .Where(b => b.Clip.Film != pieces[a].Clip.Film && Distance(pieces[a].Clip, b.Clip) < Near)
                        .Select(b => (pieces[a], b)),
                ]
        );
        return [.. found.SelectMany(pairs => pairs)];
    }

    /// <summary>How near the second nearest frame of the shorter piece is to any of the longer.</summary>
    public static double Distance(Clip a, Clip b)
    {
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        var nearest = few.Spread(LookedUp)
            .Select(i =>
            {
                var least = float.MaxValue;
                for (var j = 0; j < many.Count; j++)
                {
                    least = MathF.Min(least, Numerics.Distance.Squared(few.Row(i), many.Row(j)));
                }

                return Math.Sqrt(least);
            });
        return nearest.Order().Take(NearOnes).Last();
    }
}
