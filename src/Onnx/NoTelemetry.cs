using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Onnx;

/// <summary>ONNX Runtime tells its maker over the network which models it runs, and keeps an identifier of the machine in the user's
/// cache, unless a variable says no before its library is loaded: its API can only be called after the first message.</summary>
internal static partial class NoTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

#pragma warning disable CA2255 // A library's initializer is the one place that comes before every use of the runtime.
    [ModuleInitializer]
    internal static void Set()
#pragma warning restore CA2255
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // .NET has a copy of the environment; the library reads the process's own.
            _ = SetNative(Variable, "1", 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
