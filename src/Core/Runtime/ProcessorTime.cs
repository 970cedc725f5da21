using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Runtime;

// Why: docs/decisions/processor-time.md
/// <summary>Time on processors, of the calling thread, of this process and of its children; 0 where the system does not tell.</summary>
public static partial class ProcessorTime
{
    private const int OfChildren = -1;
    private const int OfThread = 1;

    // Its first two fields are four numbers of 64 bits: seconds and microseconds, of user and system.
    private const int UsageLength = 18;

    private static readonly Lock Taking = new();
    private static readonly long[] Stages = new long[Enum.GetValues<Stage>().Length];
    private static long _taken;

    /// <summary>Ticks of the calling thread.</summary>
    public static long Thread => Usage(OfThread);

    /// <summary>Ticks of all children that have ended.</summary>
    public static long Children => Usage(OfChildren);

    /// <summary>Ticks of this process and its children that have ended.</summary>
    public static long All
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime.Ticks + Children;
        }
    }

    /// <summary>To be called where a child has ended: the system tells the time of all children together, so what came since the last
    /// call is that child's. Of two that end at the same moment one is given both.</summary>
    /// <param name="stage">The stage that the child worked for.</param>
    public static void Ended(Stage stage)
    {
        lock (Taking)
        {
            var now = Children;
            Stages[(int)stage] += now - _taken;
            _taken = now;
        }
    }

    /// <summary>Ticks of the children that have ended and worked for a stage.</summary>
    public static long Of(Stage stage)
    {
        lock (Taking)
        {
            return Stages[(int)stage];
        }
    }

    private static unsafe long Usage(int whose)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return 0;
        }

        var usage = stackalloc long[UsageLength];
        return GetUsage(whose, usage) == 0
            ? ((usage[0] + usage[2]) * TimeSpan.TicksPerSecond) + ((usage[1] + usage[3]) * TimeSpan.TicksPerMicrosecond)
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int whose, long* usage);
}
