using System.Runtime.InteropServices;

namespace OrleansAtlas.Onnx;

/// <summary>The GPUs that CUDA's driver shows this process; CUDA_VISIBLE_DEVICES chooses among them.</summary>
internal static partial class CudaDevices
{
    /// <summary>How many, or 0 where there is no driver.</summary>
    public static int Count
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() && Initialise(0) == 0 && GetCount(out var count) == 0 ? count : 0;
            }
            catch (DllNotFoundException)
            {
                return 0;
            }
        }
    }

    [LibraryImport("libcuda.so.1", EntryPoint = "cuInit")]
    private static partial int Initialise(uint flags);

    [LibraryImport("libcuda.so.1", EntryPoint = "cuDeviceGetCount")]
    private static partial int GetCount(out int count);
}
