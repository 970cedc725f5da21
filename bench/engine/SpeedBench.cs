using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Bench;

/// <summary>1, 2 and 4 silos with 8 slots each and 50 ms a segment: how close to 160 segments a second and silo, and at what cost.</summary>
internal static class SpeedBench
{
    private const int Slots = 8;
    private const double Wait = 50;

    // A process compiles what it runs often a second and a third time, in the first minute; four of them on two cores take longer.
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int seconds, IEnumerable<int> sets)
    {
        Console.WriteLine("| silos | warm-up, s | segments/s | of ideal | CPU ms a segment |");
        Console.WriteLine("|--:|--:|--:|--:|--:|");
        foreach (var silos in sets)
        {
            var ideal = silos * Slots / Wait * 1000;
            var needed = (int)(ideal * (seconds + LongestWarmUp.TotalSeconds + (2 * Window.TotalSeconds)));
            await using var set = await SiloSet.StartAsync(silos, Slots, Wait, films: (needed / 200) + 64, segments: 200);
            var clock = Stopwatch.StartNew();
            await set.Collection.SubmitAsync(set.Library.Submission, CancellationToken.None);
            await WarmUpAsync(set, clock);
            var warm = clock.Elapsed.TotalSeconds;
            var (rate, cpu) = await MeasureAsync(set, TimeSpan.FromSeconds(seconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {silos} | {warm:0} | {rate:0.0} | {rate / ideal:0.0%} | {cpu:0.00} |"));
        }

        return 0;
    }

    // Warm is where the cost of a segment falls no more.
    private static async Task WarmUpAsync(SiloSet set, Stopwatch clock)
    {
        var before = double.PositiveInfinity;
        while (clock.Elapsed < LongestWarmUp)
        {
            var (_, cpu) = await MeasureAsync(set, Window);
            if (cpu > 0.93 * before && clock.Elapsed > ShortestWarmUp)
            {
                return;
            }

            before = cpu;
        }
    }

    private static async Task<(double SegmentsPerSecond, double CpuMilliseconds)> MeasureAsync(SiloSet set, TimeSpan length)
    {
        var (start, clock) = (await set.SampleAsync(), Stopwatch.StartNew());
        await Task.Delay(length);
        var (end, elapsed) = (await set.SampleAsync(), clock.Elapsed.TotalSeconds);
        var segments = end.Ended - start.Ended;
        return (segments / elapsed, (double)(end.CpuMilliseconds - start.CpuMilliseconds) / segments);
    }
}
