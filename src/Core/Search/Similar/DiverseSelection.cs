using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>Chooses few clips out of many.</summary>
public static class DiverseSelection
{
    // All pairs of so many clips are compared; of more, those that a farthest-point choice finds first stand for all.
    private const int MostCandidates = 256;

    /// <summary>Clips that differ most: first the one farthest from the library's mean, then again and again the one farthest from the
    /// nearest of those chosen (Gonzalez 1985: at most a factor of two from the best choice).</summary>
    /// <param name="clips">The clips to choose from.</param>
    /// <param name="count">How many; all of them where there are fewer.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Each clip and its distance to the nearest chosen before it; the first one's to the last.</returns>
    public static IReadOnlyList<(Clip Clip, double Distance)> Farthest(
        IReadOnlyList<Clip> clips,
        int count,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(clips);
        if (clips.Count == 0)
        {
            return [];
        }

        var mean = Mean(clips);
        var nearest = Distances(clips, mean, cancellationToken);
        var chosen = new List<(int Clip, double Distance)>();
        while (chosen.Count < Math.Min(count, clips.Count))
        {
            var next = Enumerable.Range(0, clips.Count).Where(i => !chosen.Exists(other => other.Clip == i)).MaxBy(i => nearest[i]);
            chosen.Add((next, nearest[next]));
            var away = Distances(clips, clips[next], cancellationToken);
            nearest = chosen.Count == 1 ? away : [.. nearest.Zip(away, Math.Min)];
        }

        return
        [
            .. chosen.Select(
                (choice, rank) =>
                    (
                        clips[choice.Clip],
                        rank == 0 && chosen.Count > 1
                            ? ClipMeasure.Between(clips[choice.Clip], clips[chosen[1].Clip]).Both
                            : choice.Distance
                    )
            ),
        ];
    }

    /// <summary>Clips that together stand for the library: again and again the one that brings all frames nearest to a chosen clip (the
    /// greedy
    /// choice of Nemhauser, Wolsey and Fisher 1978, at least 63% of the best).</summary>
    /// <returns>Each clip and the share of the library's frames it is the nearest for.</returns>
    /// <inheritdoc cref="Farthest"/>
    public static IReadOnlyList<(Clip Clip, double Share)> Cover(IReadOnlyList<Clip> clips, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var candidates =
            clips.Count <= MostCandidates ? clips : [.. Farthest(clips, MostCandidates, cancellationToken).Select(choice => choice.Clip)];
        var distances = candidates.Select(candidate => Distances(clips, candidate, cancellationToken)).ToList();
        var farthest = distances.Max(row => row.Max());
        var nearest = Enumerable.Repeat(farthest, clips.Count).ToArray();
        var chosen = new List<int>();
        while (chosen.Count < Math.Min(count, candidates.Count))
        {
            var next = Enumerable
                .Range(0, candidates.Count)
                .Except(chosen)
                .MinBy(i => Enumerable.Range(0, clips.Count).Sum(j => clips[j].Count * Math.Min(nearest[j], distances[i][j])));
            chosen.Add(next);
            nearest = [.. nearest.Zip(distances[next], Math.Min)];
        }

        double frames = clips.Sum(clip => clip.Count);
        var owners = Enumerable.Range(0, clips.Count).ToLookup(j => chosen.MinBy(i => distances[i][j]), j => clips[j].Count);
        return [.. chosen.Select(i => (candidates[i], owners[i].Sum() / frames))];
    }

    private static double[] Distances(IReadOnlyList<Clip> clips, Clip from, CancellationToken cancellationToken)
    {
        var distances = new double[clips.Count];
        Parallel.For(
            0,
            clips.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            i => distances[i] = ClipMeasure.Between(from, clips[i]).Both
        );
        return distances;
    }

    private static Clip Mean(IReadOnlyList<Clip> clips)
    {
        var mean = new float[clips[0].Width];
        foreach (var clip in clips)
        {
            for (var i = 0; i < clip.Rows.Length; i++)
            {
                mean[i % mean.Length] += clip.Rows[i];
            }
        }

        float frames = clips.Sum(clip => clip.Count);
        return new Clip("", -1, [0], [.. mean.Select(value => value / frames)], [0.5f, 0.5f], 0);
    }
}
