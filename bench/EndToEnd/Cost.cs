using System.Diagnostics;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Bench;

/// <summary>What a piece of work took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="Processor">Seconds of a processor, in this process and in the programs that it started and that have ended.</param>
internal sealed record Cost(double Seconds, double Processor)
{
    public static async Task<Cost> OfAsync(Func<Task> work)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), ProcessorTime.All);
        await work();
        return new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, TimeSpan.FromTicks(ProcessorTime.All - before).TotalSeconds);
    }
}
