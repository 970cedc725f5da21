namespace OrleansAtlas.Torch;

/// <summary>Whether libtorch is here and fits.</summary>
public abstract record LibTorchLookup
{
    private LibTorchLookup() { }

    /// <summary>It is loaded.</summary>
    /// <param name="Folder">Where from.</param>
    /// <param name="Cuda">Whether it sees a GPU that it can use.</param>
    public sealed record Found(string Folder, bool Cuda) : LibTorchLookup
    {
        /// <summary>What it computes on, in words.</summary>
        public string Device => Cuda ? "CUDA" : "the CPU";
    }

    /// <summary>It is not here or does not fit: a sentence that says why, and the way out.</summary>
    public sealed record Missing(string Reason) : LibTorchLookup;
}
