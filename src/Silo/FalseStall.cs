using System.Diagnostics;

namespace OrleansAtlas.Silo;

/// <summary>A warning of Orleans that is not true.</summary>
internal static class FalseStall
{
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    /// <summary>Whether the watchdog warns of a thread that has stood still, "potentially indicating lock contention or deadlock", for
    /// longer than this process has lived. Its two threads start one after the other, and the first may look before it is written down
    /// when the second began: then it counts from the start of the machine.</summary>
    public static bool Is(string category, object? values) =>
        category == Watchdog
        && values is IEnumerable<KeyValuePair<string, object?>> pairs
        && pairs.Any(pair => pair is { Key: "TimeSinceLastTick", Value: TimeSpan stalled } && stalled > Age());

    private static TimeSpan Age()
    {
        using var own = Process.GetCurrentProcess();
        return TimeProvider.System.GetUtcNow() - own.StartTime.ToUniversalTime();
    }
}
