using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Onnx.Graphs;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Onnx;

/// <summary>Opens sessions of ONNX Runtime: the one place that decides on provider, threads and memory.</summary>
internal static class OnnxSessions
{
    private const string CudaProvider = "libonnxruntime_providers_cuda.so";

    /// <summary>The runtime and its version.</summary>
    public static string Runtime { get; } = $"onnxruntime {OrtEnv.Instance().GetVersionString()}";

    /// <summary>Opens a model on CUDA where that is wanted, there and works, once a GPU, else on the CPU.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Where and with how many threads.</param>
    /// <param name="half">Whether it computes in float16.</param>
    /// <returns>The sessions, where they run (<c>cuda</c> or <c>cpu</c>), and why not on a GPU that seemed to be there.</returns>
    public static (IReadOnlyList<InferenceSession> Sessions, string Provider, string? Note) Open(
        ModelFile model,
        OnnxOptions options,
        bool half
    )
    {
        string? note = null;
        if (options.Cuda && SeesCuda())
        {
            var sessions = new List<InferenceSession>();
            try
            {
                for (var device = 0; device < Math.Max(1, CudaDevices.Count); device++)
                {
                    using var cuda = Cpu(options.Threads);
                    AddCuda(cuda, device);
                    sessions.Add(Session(model, model.Card.FreeBatch, half, cuda));
                }

                return (sessions, "cuda", null);
            }
            catch (OnnxRuntimeException e)
            {
                sessions.ForEach(session => session.Dispose());
                note = $"An NVIDIA driver is here, but ONNX Runtime could not use it: {e.OneLine()}.";
            }
        }

        using var cpu = Cpu(options.Threads);
        return ([Session(model, freeBatch: false, half, cpu)], "cpu", note);
    }

    // A graph that stays as it is may keep numbers in files beside it, which are found by its path.
    private static InferenceSession Session(ModelFile model, bool freeBatch, bool half, SessionOptions options) =>
        freeBatch || half
            ? new InferenceSession(GraphFile.Read(model, freeBatch, half), options)
            : new InferenceSession(model.Path, options);

    /// <summary>Opens a model in memory on the CPU.</summary>
    public static InferenceSession Open(byte[] model, int threads)
    {
        using var options = Cpu(threads);
        return new InferenceSession(model, options);
    }

    private static SessionOptions Cpu(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Waiting threads sleep: ffmpeg needs the same cores.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /// <summary>TF32 and a search for the fastest algorithm would make the bytes depend on the machine's mood.</summary>
    private static void AddCuda(SessionOptions options, int device)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(
            new Dictionary<string, string>
            {
                ["device_id"] = device.ToString(CultureInfo.InvariantCulture),
                ["use_tf32"] = "0",
                ["cudnn_conv_algo_search"] = "HEURISTIC",
                ["arena_extend_strategy"] = "kSameAsRequested",
            }
        );
        options.AppendExecutionProvider_CUDA(cuda);
    }

    /// <summary>Whether this program can use CUDA and a driver is here. Asked before the provider is tried, since trying it prints to
    /// standard error.</summary>
    public static bool SeesCuda()
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
        {
            return false;
        }

        if (OperatingSystem.IsWindows())
        {
            return Loads("nvcuda.dll");
        }

        var program = AppContext.BaseDirectory;
        string[] folders = [program, Path.Combine(program, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")];
        return folders.Any(folder => File.Exists(Path.Combine(folder, CudaProvider))) && Loads("libcuda.so.1");
    }

    private static bool Loads(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
