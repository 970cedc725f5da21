using System.Runtime.CompilerServices;

namespace OrleansAtlas.Numerics;

/// <summary>Floats that the garbage collector never moves, starting on a cache line, so that kernels may keep pointers to them
/// and a vector load never spans two lines. Zero at first.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Line = 16;
    private readonly float[] _values;

    public AlignedBuffer(int length)
    {
        _values = GC.AllocateArray<float>(length + Line, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _values[0]);
        var aligned = (start + 63) / 64 * 64;
        Pointer = (float*)aligned;
        Length = length;
        _offset = (int)((aligned - start) / sizeof(float));
    }

    private readonly int _offset;

    public float* Pointer { get; }

    public int Length { get; }

    public Span<float> Span => _values.AsSpan(_offset, Length);

    /// <summary>As <see cref="Padded"/>, an odd number of cache lines, so that what lies below each other is in different sets of a
    /// cache.</summary>
    public static int Spread(int columns) => Padded(columns) / Line % 2 == 1 ? Padded(columns) : Padded(columns) + Line;

    /// <summary>The next multiple of a cache line: rows padded so start on one each.</summary>
    public static int Padded(int columns) => (columns + Line - 1) / Line * Line;
}
