using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx;

/// <summary>Where and with how many threads a network runs.</summary>
public sealed record OnnxOptions
{
    /// <summary>The network computes in float32.</summary>
    public const string Float32 = "float32";

    /// <summary>The network computes in float16; what it takes and gives stays float32.</summary>
    public const string Float16 = "float16";

    private static readonly int UsualLanes = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>Calls that may run at once on the CPU, at least 1. Calls side by side need not wait for one another after every
    /// layer, as the threads of one call do; each takes memory for its own intermediate results.</summary>
    public int Lanes { get; init; } = UsualLanes;

    /// <summary>Threads of one call on the CPU, at least 1; by default the cores are shared out among the lanes.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount / UsualLanes;

    /// <summary>Whether CUDA may be used where it is there.</summary>
    public bool Cuda { get; init; } = true;

    /// <summary><see cref="Float16"/> or <see cref="Float32"/>, which must be, or null: float16 on GPUs where descriptors agree with
    /// those of the CPU in float32, else float32.</summary>
    public string? Precision { get; init; }

    /// <summary>Squares given at once on a CPU: those of one frame. More take much memory for little speed.</summary>
    public int CpuBatch { get; init; } = Descriptor.SquaresPerFrame;

    /// <summary>Squares given at once on a GPU.</summary>
    public int CudaBatch { get; init; } = 64;
}
