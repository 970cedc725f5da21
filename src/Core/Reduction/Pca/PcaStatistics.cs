using System.Runtime.InteropServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Pca;

/// <summary>What PCA needs to know of any number of rows: their count, mean and scatter. Two of them merge into that of all their
/// rows.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="Mean"><c>[D]</c>.</param>
/// <param name="Scatter">Upper triangle, row after row, of the sum of <c>(x - mean)(x - mean)^T</c>: <c>[D (D + 1) / 2]</c>.</param>
public sealed record PcaStatistics(long Count, double[] Mean, double[] Scatter)
{
    private const int BufferLength = 4096;

    /// <summary>Numbers a row has.</summary>
    public int Dimensions => Mean.Length;

    /// <summary>Those of no rows at all.</summary>
    public static PcaStatistics Empty(int dimensions) => new(0, new double[dimensions], new double[Triangle(dimensions)]);

    /// <summary>Statistics of the rows of both, by the formula of Chan, Golub and LeVeque (1979): the scatters add up, plus
    /// <c>n m / (n + m)</c> times the square of the means' difference.</summary>
    /// <exception cref="ArgumentException">Rows of different lengths.</exception>
    public static PcaStatistics Merge(PcaStatistics a, PcaStatistics b)
    {
        if (a.Dimensions != b.Dimensions)
        {
            throw new ArgumentException(
                $"Statistics of {b.Dimensions} dimensions cannot join those of {a.Dimensions}: they are of different models.",
                nameof(b)
            );
        }

        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b : a;
        }

        var (count, dimensions) = (a.Count + b.Count, a.Dimensions);
        var share = (double)b.Count / count;
        var difference = b.Mean.Zip(a.Mean, (to, from) => to - from).ToArray();
        var mean = a.Mean.Zip(difference, (from, step) => from + (share * step)).ToArray();
        var scatter = new double[a.Scatter.Length];
        for (int i = 0, at = 0; i < dimensions; i++)
        {
            var factor = a.Count * share * difference[i];
            for (var j = i; j < dimensions; j++, at++)
            {
                scatter[at] = a.Scatter[at] + b.Scatter[at] + (factor * difference[j]);
            }
        }

        return new PcaStatistics(count, mean, scatter);
    }

    /// <summary>Merges neighbours pair by pair, level after level: the same tree, so the same bytes, for the same parts in the same
    /// order.</summary>
    /// <exception cref="ArgumentException">No parts, or parts of different lengths of rows.</exception>
    public static PcaStatistics MergeTree(IReadOnlyList<PcaStatistics> parts) =>
        parts.Count switch
        {
            0 => throw new ArgumentException("There are no statistics to merge; describe some frames first.", nameof(parts)),
            1 => parts[0],
            _ => MergeTree([.. parts.Chunk(2).Select(pair => pair.Length == 2 ? Merge(pair[0], pair[1]) : pair[0])]),
        };

    /// <summary>Writes a .npy file of float64 <c>[1 + D + D (D + 1) / 2]</c>, count, mean, scatter, without a copy of it in
    /// memory.</summary>
    public async Task WriteAsync(Stream to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await to.WriteAsync(Npy.Header<double>(1 + Mean.Length + Scatter.Length), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[sizeof(double) * BufferLength];
        foreach (var values in new double[][] { [Count], Mean, Scatter })
        {
            for (var at = 0; at < values.Length; at += BufferLength)
            {
                var bytes = MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(BufferLength, values.Length - at)));
                bytes.CopyTo(buffer);
                await to.WriteAsync(buffer.AsMemory(0, bytes.Length), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    /// <exception cref="DamagedFileException">Not such a file.</exception>
    public static PcaStatistics Parse(ReadOnlySpan<byte> file)
    {
        var values = Npy.View<double>(file, out _);
        var dimensions = (int)((Math.Sqrt(1 + (8.0 * values.Length)) - 3) / 2);
        return values.Length > 0 && values.Length == 1 + dimensions + Triangle(dimensions)
            ? new PcaStatistics((long)values[0], values[1..(1 + dimensions)].ToArray(), values[(1 + dimensions)..].ToArray())
            : throw new DamagedFileException($"{values.Length} numbers are no PCA statistics: expected 1 + D + D (D + 1) / 2 of them.");
    }

    internal static int Triangle(int dimensions) => checked((int)((long)dimensions * (dimensions + 1) / 2));

    /// <summary>Where row <paramref name="i"/> of the triangle starts, less <paramref name="i"/>: add the column to it.</summary>
    internal static int RowStart(int i, int dimensions) => (int)((long)i * ((2L * dimensions) - i - 1) / 2);
}
