using System.Numerics.Tensors;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

// Why: docs/decisions/posters.md
/// <summary>Leaves out frames that look nearly like another, as long as enough remain.</summary>
internal static class Variety
{
    /// <summary>Frames for each that is needed, at most: among these the layout chooses by place.</summary>
    private const int MostForEach = 4;

    /// <summary>Comparisons of two frames at most in one search, about a second; with more, each half of the map is searched by
    /// itself.</summary>
    private const long MostComparisons = 50_000_000;

    /// <summary>Chooses frames one after another, always the one that is least like all chosen so far (Gonzalez 1985), until there are
    /// enough
    /// and every other one is nearer to a chosen one than <c>variety</c> times the last distance that was needed. So no two of them are
    /// nearer than that, and where there are enough different frames nothing stands twice.</summary>
    /// <param name="frames">Frames to choose from.</param>
    /// <param name="looks">How they look.</param>
    /// <param name="needed">How many have to remain, at most as many as there are.</param>
    /// <param name="variety">0 keeps every frame, 1 only those that differ most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The indices of the frames that remain, ascending.</returns>
    public static int[] Choose(
        IReadOnlyList<MapFrame> frames,
        FrameLooks looks,
        int needed,
        double variety,
        CancellationToken cancellationToken
    )
    {
        if (variety is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(variety),
                $"Variety goes from 0 (any frame) to 1 (the frames that differ most), not {variety}."
            );
        }

        int[] all = [.. Enumerable.Range(0, frames.Count)];
        return variety == 0 || needed >= frames.Count ? all : [.. Part(all, needed).Order()];

        IEnumerable<int> Part(int[] part, int count)
        {
            if (count == 0 || (long)part.Length * count * MostForEach <= MostComparisons)
            {
                return FarthestFirst(part, looks, count, variety, cancellationToken);
            }

            var wide = part.Max(i => frames[i].X) - part.Min(i => frames[i].X) >= part.Max(i => frames[i].Y) - part.Min(i => frames[i].Y);
            var along = part.OrderBy(i => wide ? frames[i].X : frames[i].Y).ThenBy(i => i).ToArray();
            var middle = along.Length / 2;
            var first = (int)((long)count * middle / along.Length);
            return Part(along[..middle], first).Concat(Part(along[middle..], count - first));
        }
    }

    private static List<int> FarthestFirst(int[] part, FrameLooks looks, int needed, double variety, CancellationToken cancellationToken)
    {
        var chosen = new List<int>(needed);
        var distance = new float[part.Length];
        Array.Fill(distance, float.PositiveInfinity);
        var (next, last) = (0, 0f);
        while (
            chosen.Count < needed
            || (chosen.Count < Math.Min(part.Length, (long)MostForEach * needed) && distance[next] > variety * variety * last)
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = chosen.Count < needed ? distance[next] : last;
            chosen.Add(part[next]);
            var look = looks[part[next]];
            for (var i = 0; i < part.Length; i++)
            {
                // Distances are squares: of vectors of length 1, 2 less twice their product.
                distance[i] = Math.Min(distance[i], Math.Max(0, 2 - (2 * TensorPrimitives.Dot(look, looks[part[i]]))));
            }

            distance[next] = float.NegativeInfinity;
            next = TensorPrimitives.IndexOfMax<float>(distance);
        }

        return chosen;
    }
}
