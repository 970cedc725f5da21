using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OrleansAtlas.Search.Index;

/// <summary>Products of unsigned bytes with a query of signed ones.</summary>
internal static class Int8DotProduct
{
    /// <summary>Numbers that are multiplied at once.</summary>
    public const int Block = 64;

    // Two products of a byte and such a number still fit 16 bits.
    private const int Largest = 63;

    /// <summary>A query as signed bytes, filled up with zeros.</summary>
    /// <param name="query">The query.</param>
    /// <param name="length">A multiple of <see cref="Block"/>.</param>
    /// <param name="scale">What a byte stands for.</param>
    public static sbyte[] Quantise(ReadOnlySpan<float> query, int length, out float scale)
    {
        var largest = TensorPrimitives.MaxMagnitude(query);
        scale = largest == 0 ? 1 : Math.Abs(largest) / Largest;
        var bytes = new sbyte[length];
        for (var i = 0; i < query.Length; i++)
        {
            bytes[i] = (sbyte)MathF.Round(query[i] / scale);
        }

        return bytes;
    }

    /// <summary>The sum of products.</summary>
    /// <param name="row">First of as many bytes as the query has.</param>
    /// <param name="query">A multiple of <see cref="Block"/> long.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ref byte row, sbyte[] query)
    {
        ref var other = ref MemoryMarshal.GetArrayDataReference(query);
        if (Avx512BW.IsSupported)
        {
            var sums = Vector512<int>.Zero;
            for (nuint i = 0; i < (nuint)query.Length; i += Block)
            {
                var pairs = Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref row, i), Vector512.LoadUnsafe(ref other, i));
                sums += Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
            }

            return Vector512.Sum(sums);
        }

        if (Avx2.IsSupported)
        {
            var sums = Vector256<int>.Zero;
            for (nuint i = 0; i < (nuint)query.Length; i += Block / 2)
            {
                var pairs = Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref other, i));
                sums += Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
            }

            return Vector256.Sum(sums);
        }

        var sum = 0;
        var bytes = MemoryMarshal.CreateReadOnlySpan(ref row, query.Length);
        for (var i = 0; i < query.Length; i++)
        {
            sum += bytes[i] * query[i];
        }

        return sum;
    }
}
