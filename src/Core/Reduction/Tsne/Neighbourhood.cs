namespace OrleansAtlas.Reduction.Tsne;

/// <summary>One frame's neighbours in two spaces: how far its near ones in the one are from near in the other.</summary>
/// <param name="Shared">How many of the k neighbours are the same.</param>
/// <param name="Intruders">Sum over map neighbours of how much their rank among the true ones exceeds k.</param>
/// <param name="Missing">Sum over true neighbours of how much their rank on the map exceeds k.</param>
internal readonly record struct Neighbourhood(int Shared, long Intruders, long Missing)
{
    /// <summary>By squared distances to all frames; equal ones rank by index, the frame itself not at all.</summary>
    public static Neighbourhood Of(int self, float[] truth, float[] map, int k)
    {
        Span<int> near = stackalloc int[k];
        Span<int> nearOnMap = stackalloc int[k];
        Nearest(self, truth, near);
        Nearest(self, map, nearOnMap);
        var shared = 0;
        foreach (var j in near)
        {
            shared += nearOnMap.Contains(j) ? 1 : 0;
        }

        return new Neighbourhood(shared, Excess(self, truth, nearOnMap, near), Excess(self, map, near, nearOnMap));
    }

    private static void Nearest(int self, float[] distances, Span<int> near)
    {
        var count = 0;
        for (var j = 0; j < distances.Length; j++)
        {
            if (j == self || (count == near.Length && distances[j] >= distances[near[^1]]))
            {
                continue;
            }

            var at = count < near.Length ? count++ : count - 1;
            for (; at > 0 && distances[near[at - 1]] > distances[j]; at--)
            {
                near[at] = near[at - 1];
            }

            near[at] = j;
        }
    }

    private static long Excess(int self, float[] distances, ReadOnlySpan<int> of, ReadOnlySpan<int> near)
    {
        var sum = 0L;
        foreach (var j in of)
        {
            if (!near.Contains(j))
            {
                sum += Rank(self, distances, j) - near.Length;
            }
        }

        return sum;
    }

    private static int Rank(int self, float[] distances, int of)
    {
        var (rank, distance) = (1, distances[of]);
        for (var j = 0; j < distances.Length; j++)
        {
            rank += distances[j] < distance || (distances[j] == distance && j < of) ? 1 : 0;
        }

        // The frame itself counted as nearer, by its distance 0, unless the other lies on it and before it.
        return distances[self] < distance || self < of ? rank - 1 : rank;
    }
}
