using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Similar;

/// <summary>Stretches of a long film that may match a clip, by the chamfer distance of the clip and a window that moves over the
/// film.</summary>
internal static class WindowSearch
{
    /// <summary>The best windows that overlap by at most a half.</summary>
    /// <param name="cost">Distances of the clip's frames (rows) and the film's (columns).</param>
    /// <param name="length">Frames of a window.</param>
    /// <param name="count">How many windows.</param>
    public static IEnumerable<(int First, int Count)> Best(CostMatrix cost, int length, int count)
    {
        var windows = cost.Columns - length + 1;
        var score = new double[windows];
        for (var row = 0; row < cost.Rows; row++)
        {
            AddMinima(cost.Row(row), length, score);
        }

        TensorPrimitives.Divide(score, cost.Rows, score);
        AddMeans(SequenceDistances.Nearest(cost.Transposed()), length, score);
        var taken = new List<int>();
        foreach (var window in Enumerable.Range(0, windows).OrderBy(window => score[window]))
        {
            if (taken.Count < count && taken.TrueForAll(other => Math.Abs(other - window) >= (length + 1) / 2))
            {
                taken.Add(window);
            }
        }

        return taken.Select(window => (window, length));
    }

    /// <summary>Adds the least value of every window: a queue of values that may still become the least.</summary>
    private static void AddMinima(ReadOnlySpan<float> values, int length, double[] score)
    {
        var queue = new int[values.Length];
        var (head, tail) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            while (tail > head && values[queue[tail - 1]] >= values[i])
            {
                tail--;
            }

            queue[tail++] = i;
            if (queue[head] <= i - length)
            {
                head++;
            }

            if (i >= length - 1)
            {
                score[i - length + 1] += values[queue[head]];
            }
        }
    }

    private static void AddMeans(float[] values, int length, double[] score)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] - (i >= length ? values[i - length] : 0);
            if (i >= length - 1)
            {
                score[i - length + 1] += sum / length;
            }
        }
    }
}
