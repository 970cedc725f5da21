using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Onnx.Graphs;

namespace OrleansAtlas.Onnx;

/// <summary>Matrix products by ONNX Runtime's Gemm. The rows of the result are cut into blocks by the shape alone and each block
/// is one product on one thread: the runtime's own threads would cut by their number, and with it the order of additions.</summary>
public sealed unsafe class OnnxMatrixProduct : IMatrixProduct, IDisposable
{
    // The runtime packs the right matrix anew for every block: of few rows that would take longer than multiplying.
    private const int FewRows = 192;
    private const int UsualBlocks = 8;
    private const int MostRows = 512;

    private readonly int _threads;
    private readonly Lock _opening = new();

    // Opened when first needed: most commands multiply nothing, and the runtime takes its time to load.
    private InferenceSession? _plain;
    private InferenceSession? _transposed;

    /// <param name="threads">Products at a time, at least 1; by default one a core.</param>
    public OnnxMatrixProduct(int? threads = null) => _threads = threads ?? Environment.ProcessorCount;

    /// <inheritdoc/>
    public void Multiply(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        Span<float> result,
        int n,
        int k,
        int m,
        bool transposeLeft = false,
        bool transposeRight = false
    )
    {
        Check(left, n, k, nameof(left));
        Check(right, k, m, nameof(right));
        Check(result, n, m, nameof(result));
        var session = Session(transposeRight);
        using var run = new RunOptions();
        var blocks = Math.Max(Math.Clamp((n + (FewRows / 2)) / FewRows, 1, UsualBlocks), (n + MostRows - 1) / MostRows);
        var rows = (n + blocks - 1) / blocks;
        fixed (
            float* pinnedLeft = left,
                pinnedRight = right,
                pinnedResult = result
        )
        {
            var (a, b, c) = ((nint)pinnedLeft, (nint)pinnedRight, (nint)pinnedResult);
            using var shared = Tensor(b, transposeRight ? m : k, transposeRight ? k : m);
            Parallel.For(
                0,
                (n + rows - 1) / rows,
                new ParallelOptions { MaxDegreeOfParallelism = _threads },
                block =>
                {
                    var first = block * rows;
                    var count = Math.Min(rows, n - first);
                    var part = transposeLeft ? Columns((float*)a, n, k, first, count) : null;
                    fixed (float* columns = part)
                    {
                        using var input = Tensor(part is null ? (nint)((float*)a + ((long)first * k)) : (nint)columns, count, k);
                        using var output = Tensor((nint)((float*)c + ((long)first * m)), count, m);
                        session.Run(run, ["a", "b"], [input, shared], ["c"], [output]);
                    }
                }
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain?.Dispose();
        _transposed?.Dispose();
    }

    /// <summary>Columns of a <c>[k, n]</c> matrix as rows.</summary>
    private static float[] Columns(float* matrix, int n, int k, int first, int count)
    {
        const int Tile = 16;
        var rows = GC.AllocateUninitializedArray<float>(count * k);
        for (var top = 0; top < k; top += Tile)
        {
            var bottom = Math.Min(top + Tile, k);
            for (var column = 0; column < count; column++)
            {
                for (var row = top; row < bottom; row++)
                {
                    rows[((long)column * k) + row] = matrix[((long)row * n) + first + column];
                }
            }
        }

        return rows;
    }

    private static OrtValue Tensor(nint data, int rows, int columns) =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [rows, columns],
            data,
            (long)rows * columns * sizeof(float)
        );

    private InferenceSession Session(bool transposeRight)
    {
        lock (_opening)
        {
            return transposeRight ? _transposed ??= Gemm(transposeRight: true) : _plain ??= Gemm(transposeRight: false);
        }
    }

    private static InferenceSession Gemm(bool transposeRight)
    {
        var graph = new OnnxGraphWriter("product");
        graph.Input("a", "n", "k");
        graph.Input("b", transposeRight ? "m" : "k", transposeRight ? "k" : "m");
        graph.Output("c", "n", "m");
        graph.Node("Gemm", ["a", "b"], "c", ("transB", transposeRight ? 1 : 0));
        return OnnxSessions.Open(graph.ToBytes(), threads: 1);
    }

    private static void Check(ReadOnlySpan<float> matrix, int rows, int columns, string name)
    {
        if (rows < 1 || columns < 1 || matrix.Length < (long)rows * columns)
        {
            throw new ArgumentException(
                $"A matrix of {rows} by {columns} needs at least one element and {(long)rows * columns} numbers, {matrix.Length} "
                    + "are given.",
                name
            );
        }
    }
}
