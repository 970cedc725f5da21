using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OrleansAtlas.Onnx;

/// <summary>What one call at a time reads from and writes to, bound to its session once: on a GPU memory that the driver has pinned,
/// which is copied without a detour.</summary>
internal sealed unsafe class Lane : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelShape _shape;
    private readonly OrtIoBinding _binding;
    private readonly OrtMemoryInfo _memory;
    private readonly OrtAllocator? _allocator;
    private readonly OrtMemoryAllocation? _pinnedInput;
    private readonly OrtMemoryAllocation? _pinnedOutput;
    private readonly float* _input;
    private readonly float* _output;
    private readonly int _inputs;
    private readonly int _outputs;
    private int _bound;
    private OrtValue? _given;
    private OrtValue? _taken;

    /// <param name="session">The session.</param>
    /// <param name="shape">Its names and shapes.</param>
    /// <param name="inputs">Floats of the largest batch.</param>
    /// <param name="outputs">Floats that the network gives for it.</param>
    /// <param name="device">Number of the GPU that the session runs on; null for the CPU.</param>
    public Lane(InferenceSession session, ModelShape shape, int inputs, int outputs, int? device)
    {
        (_session, _shape, _inputs, _outputs) = (session, shape, inputs, outputs);
        _binding = session.CreateIoBinding();
        if (device is { } gpu)
        {
            _memory = new OrtMemoryInfo("CudaPinned", OrtAllocatorType.DeviceAllocator, gpu, OrtMemType.CpuOutput);
            _allocator = new OrtAllocator(session, _memory);
            _pinnedInput = _allocator.Allocate(checked((uint)(inputs * sizeof(float))));
            _pinnedOutput = _allocator.Allocate(checked((uint)(outputs * sizeof(float))));
            _input = (float*)_pinnedInput.DangerousGetHandle();
            _output = (float*)_pinnedOutput.DangerousGetHandle();
        }
        else
        {
            _memory = OrtMemoryInfo.DefaultInstance;
            Input = GC.AllocateUninitializedArray<float>(inputs, pinned: true);
            Output = GC.AllocateArray<float>(outputs, pinned: true);
            fixed (
                float* input = Input,
                    output = Output
            )
            {
                // Pinned for as long as they live.
                _input = input;
                _output = output;
            }
        }
    }

    // What the pointers point to on a CPU.
    private float[]? Input { get; }

    private float[]? Output { get; }

    /// <summary>The network's input.</summary>
    public Span<float> Given => new(_input, _inputs);

    /// <summary>What it gave.</summary>
    public Span<float> Taken => new(_output, _outputs);

    /// <summary>Runs a batch of squares.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be run.</exception>
    public void Run(RunOptions options, int squares)
    {
        if (squares != _bound)
        {
            Bind(squares);
        }

        _session.RunWithBinding(options, _binding);
        _binding.SynchronizeBoundOutputs();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _given?.Dispose();
        _taken?.Dispose();
        _pinnedInput?.Dispose();
        _pinnedOutput?.Dispose();
        _allocator?.Dispose();
        if (_allocator is not null)
        {
            _memory.Dispose();
        }
    }

    private void Bind(int squares)
    {
        _given?.Dispose();
        _taken?.Dispose();
        _given = Tensor(_input, _shape.InputShape(squares));
        _taken = Tensor(_output, _shape.OutputShape(squares));
        _binding.BindInput(_shape.Input, _given);
        _binding.BindOutput(_shape.Output, _taken);
        _bound = squares;
    }

    private OrtValue Tensor(float* data, long[] shape) =>
        OrtValue.CreateTensorValueWithData(
            _memory,
            TensorElementType.Float,
            shape,
            (nint)data,
            shape.Aggregate((long)sizeof(float), (product, n) => product * n)
        );
}
