using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OrleansAtlas.Numerics;

/// <summary>The one matrix product behind the autoencoder. The right matrix is packed
/// into blocks of 128 steps that fit in the first-level cache; six rows at a time of the left matrix then pass over each block, all sums in
/// registers. Every element is summed over the steps in ascending order, in runs of 128, whatever the size of the tile:
/// so the bytes do not depend on how callers divide the work.</summary>
internal static unsafe class MatrixKernel
{
    public const int Wide = 64;
    private const int Narrow = 16;
    private const int Steps = 128;
    private const int Rows = 6;

    /// <summary><c>c[i, j] (+)= sum over s of a[i, s] * b[s, j]</c>; any element is at its row's and its column's stride.
    /// Where a row of <paramref name="c"/> has room for them (<paramref name="cRoom"/> floats), the columns up to the tile's end become
    /// zero.</summary>
    [SkipLocalsInit]
    public static void Multiply(
        float* a, nint aRow, nint aStep, float* b, nint bStep, nint bColumn, float* c, nint cRow, nint cRoom, int rows, int steps,
        int columns, bool add = false)
    {
        var room = stackalloc float[(Steps * Wide) + 16];
        var packed = (float*)(((nint)room + 63) / 64 * 64);
        var edge = stackalloc float[Rows * Wide];
        for (var column = 0; column < columns;)
        {
            var width = columns - column > 2 * Narrow ? Wide : Narrow;
            for (var step = 0; step < steps; step += Steps)
            {
                var count = Math.Min(Steps, steps - step);
                var used = Math.Min(width, columns - column);
                var block = b + (step * bStep) + (column * bColumn);
                var blockStep = bStep;
                if (bColumn != 1 || used < width || !InPlace(block, bStep))
                {
                    Pack(block, bStep, bColumn, packed, count, used, width);
                    block = packed;
                    blockStep = width;
                }

                for (var row = 0; row < rows; row += Rows)
                {
                    var from = a + (row * aRow) + (step * aStep);
                    var to = c + (row * cRow) + column;
                    var left = Math.Min(Rows, rows - row);
                    var adds = add || step > 0;
                    if (left == Rows && column + width <= cRoom)
                    {
                        Tile(from, aRow, aStep, block, blockStep, count, to, cRow, width, left, adds);
                    }
                    else
                    {
                        Tile(from, aRow, aStep, block, blockStep, count, edge, Wide, width, left, false);
                        Copy(edge, to, cRow, left, (int)Math.Min(cRoom - column, width), adds);
                    }
                }
            }

            column += width;
        }
    }

    /// <summary>Rows that start on cache lines, at a distance that does not crowd them into few sets of the first-level cache, are as good
    /// as packed.</summary>
    private static bool InPlace(float* b, nint bStep) => (nint)b % 64 == 0 && bStep % 16 == 0 && bStep % 64 != 0;

    private static void Pack(float* b, nint bStep, nint bColumn, float* packed, int steps, int used, int width)
    {
        for (var s = 0; s < steps; s++, b += bStep, packed += width)
        {
            if (bColumn == 1)
            {
                new ReadOnlySpan<float>(b, used).CopyTo(new Span<float>(packed, used));
            }
            else
            {
                for (var j = 0; j < used; j++)
                {
                    packed[j] = b[j * bColumn];
                }
            }

            new Span<float>(packed + used, width - used).Clear();
        }
    }

    private static void Copy(float* from, float* to, nint toRow, int rows, int columns, bool add)
    {
        for (var r = 0; r < rows; r++, from += Wide, to += toRow)
        {
            for (var j = 0; j < columns; j++)
            {
                to[j] = add ? to[j] + from[j] : from[j];
            }
        }
    }

    private static void Tile(
        float* a, nint aRow, nint aStep, float* b, nint bStep, int steps, float* c, nint cRow, int width, int rows, bool add)
    {
        // Missing rows repeat the last one: the same work, never stored.
        var a1 = a + (rows > 1 ? aRow : 0);
        var a2 = a1 + (rows > 2 ? aRow : 0);
        var a3 = a2 + (rows > 3 ? aRow : 0);
        var a4 = a3 + (rows > 4 ? aRow : 0);
        var a5 = a4 + (rows > 5 ? aRow : 0);
        if (Vector512.IsHardwareAccelerated)
        {
            if (width == Wide)
            {
                Wide512(a, a1, a2, a3, a4, a5, aStep, b, bStep, steps, c, cRow, add);
            }
            else
            {
                Narrow512(a, a1, a2, a3, a4, a5, aStep, b, bStep, steps, c, cRow, add);
            }
        }
        else
        {
            for (var column = 0; column < width; column += Narrow)
            {
                Narrow256(a, a1, a2, a3, a4, a5, aStep, b + column, bStep, steps, c + column, cRow, add);
            }
        }
    }

    private static void Wide512(
        float* a0, float* a1, float* a2, float* a3, float* a4, float* a5, nint aStep, float* b, nint bStep, int steps, float* c,
        nint cRow, bool add)
    {
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default,
            s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default,
            s30 = default, s31 = default, s32 = default, s33 = default;
        Vector512<float> s40 = default, s41 = default, s42 = default, s43 = default,
            s50 = default, s51 = default, s52 = default, s53 = default;
        for (nint at = 0; steps > 0; steps--, at += aStep, b += bStep)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            var b2 = Vector512.Load(b + 32);
            var b3 = Vector512.Load(b + 48);
            var x = Vector512.Create(a0[at]);
            s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(x, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(x, b3, s03);
            x = Vector512.Create(a1[at]);
            s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(x, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(x, b3, s13);
            x = Vector512.Create(a2[at]);
            s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(x, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(x, b3, s23);
            x = Vector512.Create(a3[at]);
            s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(x, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(x, b3, s33);
            x = Vector512.Create(a4[at]);
            s40 = Vector512.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(x, b1, s41);
            s42 = Vector512.FusedMultiplyAdd(x, b2, s42);
            s43 = Vector512.FusedMultiplyAdd(x, b3, s43);
            x = Vector512.Create(a5[at]);
            s50 = Vector512.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(x, b1, s51);
            s52 = Vector512.FusedMultiplyAdd(x, b2, s52);
            s53 = Vector512.FusedMultiplyAdd(x, b3, s53);
        }

        Store(c, s00, s01, s02, s03, add);
        Store(c + cRow, s10, s11, s12, s13, add);
        Store(c + (2 * cRow), s20, s21, s22, s23, add);
        Store(c + (3 * cRow), s30, s31, s32, s33, add);
        Store(c + (4 * cRow), s40, s41, s42, s43, add);
        Store(c + (5 * cRow), s50, s51, s52, s53, add);
    }

    private static void Narrow512(
        float* a0, float* a1, float* a2, float* a3, float* a4, float* a5, nint aStep, float* b, nint bStep, int steps, float* c,
        nint cRow, bool add)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        for (nint at = 0; steps > 0; steps--, at += aStep, b += bStep)
        {
            var x = Vector512.Load(b);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[at]), x, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(a1[at]), x, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[at]), x, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[at]), x, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[at]), x, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(a5[at]), x, s5);
        }

        Store(c, s0, add);
        Store(c + cRow, s1, add);
        Store(c + (2 * cRow), s2, add);
        Store(c + (3 * cRow), s3, add);
        Store(c + (4 * cRow), s4, add);
        Store(c + (5 * cRow), s5, add);
    }

    private static void Narrow256(
        float* a0, float* a1, float* a2, float* a3, float* a4, float* a5, nint aStep, float* b, nint bStep, int steps, float* c,
        nint cRow, bool add)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        Vector256<float> s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        for (nint at = 0; steps > 0; steps--, at += aStep, b += bStep)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(a0[at]);
            s00 = Vector256.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x, b1, s01);
            x = Vector256.Create(a1[at]);
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(a2[at]);
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(a3[at]);
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
            x = Vector256.Create(a4[at]);
            s40 = Vector256.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(x, b1, s41);
            x = Vector256.Create(a5[at]);
            s50 = Vector256.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(x, b1, s51);
        }

        Store(c, Vector512.Create(s00, s01), add);
        Store(c + cRow, Vector512.Create(s10, s11), add);
        Store(c + (2 * cRow), Vector512.Create(s20, s21), add);
        Store(c + (3 * cRow), Vector512.Create(s30, s31), add);
        Store(c + (4 * cRow), Vector512.Create(s40, s41), add);
        Store(c + (5 * cRow), Vector512.Create(s50, s51), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3, bool add)
    {
        Store(c, s0, add);
        Store(c + 16, s1, add);
        Store(c + 32, s2, add);
        Store(c + 48, s3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> sum, bool add) => (add ? Vector512.Load(c) + sum : sum).Store(c);
}
