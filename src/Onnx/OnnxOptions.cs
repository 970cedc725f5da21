namespace OrleansAtlas.Onnx;

/// <summary>Where and with how many threads a network runs.</summary>
public sealed record OnnxOptions
{
    /// <summary>Threads on the CPU, at least 1; by default one a core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether CUDA may be used where it is there.</summary>
    public bool Cuda { get; init; } = true;

    /// <summary>Squares given at once on a CPU: more than 4 takes much memory for little speed.</summary>
    public int CpuBatch { get; init; } = 4;

    /// <summary>Squares given at once on a GPU.</summary>
    public int CudaBatch { get; init; } = 64;
}
