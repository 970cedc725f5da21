using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Bench;

/// <summary>1, 2 and 4 silos with 8 slots each and 50 ms a segment: how close to 160 segments a second and silo, and at what
/// cost.</summary>
internal static class SpeedBench
{
    private const int Slots = 8;
    private const double Wait = 50;
    private const int Windows = 3;

    // A process compiles what it runs often a second and a third time, in the first minute; four of them on two cores take longer.
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int seconds, IEnumerable<int> sets)
    {
        Console.WriteLine("| silos | warm-up, s | segments/s | of ideal | CPU ms a segment | taken by the host |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        foreach (var silos in sets)
        {
            var ideal = silos * Slots / Wait * 1000;
            var needed = (int)(ideal * ((Windows * seconds) + LongestWarmUp.TotalSeconds + (2 * Window.TotalSeconds)));
            await using var set = await SiloSet.StartAsync(silos, Slots, Wait, films: (needed / 200) + 64, segments: 200);
            var clock = Stopwatch.StartNew();
            await set.Collection.SubmitAsync(set.Library.Submission, CancellationToken.None);
            await WarmUpAsync(set, clock);
            var warm = clock.Elapsed.TotalSeconds;
            for (var window = 0; window < Windows; window++)
            {
                var (rate, cpu, stolen) = await MeasureAsync(set, TimeSpan.FromSeconds(seconds));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {silos} | {warm:0} | {rate:0.0} | {rate / ideal:0.0%} | {cpu:0.00} | {stolen:0%} |"
                    )
                );
            }
        }

        return 0;
    }

    // Warm is where the cost of a segment falls no more.
    private static async Task WarmUpAsync(SiloSet set, Stopwatch clock)
    {
        var before = double.PositiveInfinity;
        while (clock.Elapsed < LongestWarmUp)
        {
            var (_, cpu, _) = await MeasureAsync(set, Window);
            if (cpu > 0.93 * before && clock.Elapsed > ShortestWarmUp)
            {
                return;
            }

            before = cpu;
        }
    }

    private static async Task<(double SegmentsPerSecond, double CpuMilliseconds, double Stolen)> MeasureAsync(SiloSet set, TimeSpan length)
    {
        var (start, times, clock) = (await set.SampleAsync(), ProcessorTimes(), Stopwatch.StartNew());
        await Task.Delay(length);
        var (end, timesNow, elapsed) = (await set.SampleAsync(), ProcessorTimes(), clock.Elapsed.TotalSeconds);
        var segments = end.Ended - start.Ended;
        return (
            segments / elapsed,
            (double)(end.CpuMilliseconds - start.CpuMilliseconds) / segments,
            (timesNow.Stolen - times.Stolen) / Math.Max(1, timesNow.All - times.All)
        );
    }

    // The processor of a virtual machine is away for a while where the host has others to serve: the eighth number of the first line.
    private static (double All, double Stolen) ProcessorTimes()
    {
        var numbers = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToArray();
        return (numbers.Take(8).Sum(), numbers[7]);
    }
}
