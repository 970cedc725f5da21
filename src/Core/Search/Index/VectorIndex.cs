using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Search.Index;

/// <summary>Nearest vectors by looking at all of them. A vector is kept as 16-bit whole numbers in two planes: the scan reads the upper
/// bytes
/// only (256 MB for a million vectors of 256 numbers), and ranks the best few hundred again by all 16 bits.</summary>
/// <remarks>Two bytes a number and four a vector: 516 MB for a million of 256. No training, no loss that depends on how the
/// vectors lie, and adding is cheap; an inverted file or a graph would be faster for more than some millions.</remarks>
public sealed class VectorIndex
{
    private const int Kept = 512;
    private const int Half = 1 << 15;

    private readonly byte[] _upper;
    private readonly byte[] _lower;
    private readonly float[] _squares;
    private readonly float _unit;

    /// <summary>An empty index.</summary>
    /// <param name="capacity">Vectors it has room for.</param>
    /// <param name="width">Numbers in a vector.</param>
    /// <param name="largest">No number's magnitude is above this; larger ones are cut.</param>
    public VectorIndex(int capacity, int width, float largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        Width = width;
        _unit = largest / (Half - 1);
        Stride = (width + Int8DotProduct.Block - 1) / Int8DotProduct.Block * Int8DotProduct.Block;

        // Arrays end at 2^31 bytes: eight million vectors of 256 numbers.
        _upper = GC.AllocateUninitializedArray<byte>(checked(capacity * Stride));
        _lower = GC.AllocateUninitializedArray<byte>(checked(capacity * Stride));
        _squares = new float[capacity];
    }

    /// <summary>Vectors in it.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers in a vector.</summary>
    public int Width { get; }

    private int Stride { get; }

    /// <summary>Adds vectors.</summary>
    /// <param name="rows"><c>[n, Width]</c>.</param>
    public void Add(ReadOnlySpan<float> rows)
    {
        for (var at = 0; at < rows.Length; at += Width, Count++)
        {
            var row = rows.Slice(at, Width);
            var upper = _upper.AsSpan(Count * Stride, Stride);
            var lower = _lower.AsSpan(Count * Stride, Stride);
            upper.Fill(Half >> 8);
            lower.Clear();
            for (var i = 0; i < Width; i++)
            {
                var whole = (int)Math.Clamp(MathF.Round(row[i] / _unit), 1 - Half, Half - 1) + Half;
                (upper[i], lower[i]) = ((byte)(whole >> 8), (byte)whole);
            }

            _squares[Count] = TensorPrimitives.SumOfSquares(row);
        }
    }

    /// <summary>The nearest vectors, the nearest first; among equals the one added first.</summary>
    /// <param name="query"><c>[Width]</c>.</param>
    /// <param name="count">How many; all where there are fewer.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int count, CancellationToken cancellationToken = default)
    {
        if (query.Length != Width)
        {
            throw new ArgumentException($"The query has {query.Length} numbers, the vectors of this index have {Width}.", nameof(query));
        }

        var exact = query.ToArray();
        var bytes = Int8DotProduct.Quantise(exact, Stride, out var scale);
        var offset = bytes.Sum(value => (long)value) * (Half >> 8);
        var keep = Math.Max(Kept, 4 * count);
        var parts = Math.Clamp(Count / 65536, 1, Environment.ProcessorCount);
        var best = new TopK[parts];
        var factor = -2 * scale * _unit * 256;
        Parallel.For(
            0,
            parts,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            part =>
            {
                var nearest = best[part] = new TopK(keep);
                var (from, to) = ((int)((long)part * Count / parts), (int)((long)(part + 1) * Count / parts));
                ref var upper = ref MemoryMarshal.GetArrayDataReference(_upper);
                for (var row = from; row < to; row++)
                {
                    var dot =
                        Int8DotProduct.Dot(ref System.Runtime.CompilerServices.Unsafe.Add(ref upper, (nint)row * Stride), bytes) - offset;
                    nearest.Offer(row, _squares[row] + (factor * dot));
                }
            }
        );

        return
        [
            .. best.SelectMany(part => part.Least())
                .Select(least => new Neighbour(least.Row, Exact(exact, least.Row)))
                .OrderBy(neighbour => neighbour.Distance)
                .ThenBy(neighbour => neighbour.Row)
                .Take(count),
        ];
    }

    private float Exact(float[] query, int row)
    {
        var upper = _upper.AsSpan(row * Stride, Width);
        var lower = _lower.AsSpan(row * Stride, Width);
        var sum = 0f;
        for (var i = 0; i < Width; i++)
        {
            var difference = query[i] - (_unit * (((upper[i] << 8) | lower[i]) - Half));
            sum += difference * difference;
        }

        return sum;
    }
}
