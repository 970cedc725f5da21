using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Placement;

// Why: docs/decisions/placing-new-frames.md
/// <summary>Training frames with their places: a frame is placed where its nearest landmarks agree that it belongs, and fits the map as far
/// as there
/// are landmarks near it.</summary>
/// <param name="Rows">Reduced vectors <c>[m, k]</c>.</param>
/// <param name="Places">Codes <c>[m, 2]</c>.</param>
/// <param name="Reach">On the plane, the usual distance from a landmark to its tenth neighbour.</param>
/// <param name="Spacing">Median distance of a landmark from the nearest one of another film; infinite where there is one film.</param>
internal sealed record Landmarks(float[] Rows, float[] Places, double Reach, double Spacing)
{
    // Numbers of a place in the plane.
    private const int Codes = 2;

    /// <summary>Most of them; of more training frames, as many spread evenly.</summary>
    public const int Most = 1 << 14;

    private const int ReachNeighbours = 10;
    private const int Measured = 1024;

    // Weights are relative to that of the farthest landmark asked; one that is the frame itself outweighs all others, but finitely.
    private const double Nearest = 1e-9;
    private const double NetworkWeight = 1;

    private int Width => Rows.Length / (Places.Length / Codes);

    /// <summary>Those of a training.</summary>
    /// <param name="rows">Reduced vectors <c>[n, k]</c>.</param>
    /// <param name="places">Codes <c>[n, 2]</c>.</param>
    /// <param name="filmOf">Film of each, <c>[n]</c>.</param>
    public static Landmarks Of(ReadOnlyMemory<float> rows, ReadOnlySpan<float> places, int[] filmOf)
    {
        var width = rows.Length / filmOf.Length;
        var chosen = Spread(filmOf.Length, Most);
        var (ownRows, ownPlaces) = (Take(rows.Span, width, chosen), Take(places, Codes, chosen));
        int[] films = [.. chosen.Select(i => filmOf[i])];
        var asked = Spread(chosen.Length, Measured);
        var near = Farthest(ownPlaces, Codes, asked, Math.Min(ReachNeighbours, chosen.Length - 1), [.. Enumerable.Range(0, chosen.Length)]);
        return new Landmarks(ownRows, ownPlaces, Math.Max(1e-6, Median(near)), Median(Farthest(ownRows, width, asked, 1, films)));
    }

    /// <summary>Moves codes to where the nearest landmarks agree; the network's own code is one more vote. The place of a landmark is its
    /// own.</summary>
    /// <param name="reduced">Reduced vectors <c>[n, k]</c>.</param>
    /// <param name="codes">The network's codes <c>[n, 2]</c>, changed.</param>
    /// <param name="neighbours">Landmarks that vote.</param>
    public void Refine(ReadOnlySpan<float> reduced, Span<float> codes, int neighbours)
    {
        var (count, k) = (codes.Length / Codes, Math.Min(neighbours, Places.Length / Codes));
        var (near, squares) = (new int[count * k], new float[count * k]);
        new NearestNeighbours(Rows, Width).Find(reduced, near, squares);
        var (points, weights) = (new float[Codes * (k + 1)], new double[k + 1]);
        for (var i = 0; i < count; i++)
        {
            var farthest = Math.Max(squares[(i * k) + k - 1], double.Epsilon);
            for (var v = 0; v < k; v++)
            {
                Places.AsSpan(Codes * near[(i * k) + v], Codes).CopyTo(points.AsSpan(Codes * v));
                weights[v] = 1 / ((squares[(i * k) + v] / farthest) + Nearest);
            }

            codes.Slice(Codes * i, Codes).CopyTo(points.AsSpan(Codes * k));
            weights[k] = NetworkWeight;
            var (x, y) = Vote.Of(points, weights, Reach);
            (codes[2 * i], codes[(2 * i) + 1]) = ((float)x, (float)y);
        }
    }

    /// <summary>Squared distance of each frame from its nearest landmark, <c>[n]</c>.</summary>
    /// <param name="reduced">Reduced vectors <c>[n, k]</c>.</param>
    public float[] SquaredDistances(ReadOnlySpan<float> reduced)
    {
        var squares = new float[reduced.Length / Width];
        new NearestNeighbours(Rows, Width).Find(reduced, new int[squares.Length], squares);
        return squares;
    }

    /// <summary>As a .npy file, float32 <c>[m, 2 + k]</c>: place, then reduced vector.</summary>
    public byte[] ToBytes()
    {
        var (count, width) = (Places.Length / Codes, Width);
        var values = new float[Places.Length + Rows.Length];
        for (var i = 0; i < count; i++)
        {
            Places.AsSpan(Codes * i, Codes).CopyTo(values.AsSpan(i * (Codes + width)));
            Rows.AsSpan(i * width, width).CopyTo(values.AsSpan((i * (Codes + width)) + Codes));
        }

        return Npy.ToBytes<float>(values, count, Codes + width);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="DamagedFileException">Not such a file.</exception>
    public static Landmarks Parse(ReadOnlySpan<byte> file, double reach, double spacing)
    {
        var array = Npy.Parse<float>(file);
        if (array.Shape is not [_, > Codes])
        {
            throw new DamagedFileException($"An array of shape ({string.Join(", ", array.Shape)}) holds no landmarks.");
        }

        var (all, width) = (Enumerable.Range(0, array.Shape[0]).ToArray(), array.Shape[1] - Codes);
        var (rows, places) = (new float[all.Length * width], new float[all.Length * Codes]);
        foreach (var i in all)
        {
            var row = array.Values.AsSpan(i * (Codes + width), Codes + width);
            row[..Codes].CopyTo(places.AsSpan(Codes * i));
            row[Codes..].CopyTo(rows.AsSpan(i * width));
        }

        return new Landmarks(rows, places, reach, spacing);
    }

    /// <summary>The middle one of these; infinite where there are none.</summary>
    public static double Median(IReadOnlyCollection<double> values) =>
        values.Count == 0 ? double.PositiveInfinity : values.Order().ElementAt((values.Count - 1) / 2);

    private static double[] Farthest(float[] rows, int width, int[] asked, int k, int[] groups)
    {
        var squares = new float[asked.Length * k];
        new NearestNeighbours(rows, width).Find(
            Take(rows, width, asked),
            new int[squares.Length],
            squares,
            groups,
            [.. asked.Select(i => groups[i])]
        );
        return [.. asked.Select((_, i) => Math.Sqrt(squares[(i * k) + k - 1])).Where(double.IsFinite)];
    }

    private static int[] Spread(int count, int most)
    {
        var taken = Math.Min(count, most);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((long)i * count / taken))];
    }

    private static float[] Take(ReadOnlySpan<float> rows, int width, int[] chosen)
    {
        var taken = new float[chosen.Length * width];
        for (var i = 0; i < chosen.Length; i++)
        {
            rows.Slice(chosen[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }
}
