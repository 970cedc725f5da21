using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Bench;

/// <summary>1, 2 and 4 silos with 8 slots each and 50 ms a segment: how close to 160 segments a second and silo, and at what cost.</summary>
internal static class SpeedBench
{
    private const int Slots = 8;
    private const double Wait = 50;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public static async Task<int> RunAsync(int seconds)
    {
        Console.WriteLine("| silos | segments/s | of ideal | CPU ms a segment |");
        Console.WriteLine("|--:|--:|--:|--:|");
        foreach (var silos in new[] { 1, 2, 4 })
        {
            var needed = (int)(silos * Slots / Wait * 1000 * (seconds + (3 * WarmUp.TotalSeconds)));
            await using var set = await SiloSet.StartAsync(silos, Slots, Wait, films: (needed / 200) + 64, segments: 200);
            await set.Collection.SubmitAsync(set.Library.Submission, CancellationToken.None);
            await Task.Delay(WarmUp);
            var (start, clock) = (await set.SampleAsync(), Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var (end, elapsed) = (await set.SampleAsync(), clock.Elapsed.TotalSeconds);
            var (segments, cpu) = (end.Ended - start.Ended, end.CpuMilliseconds - start.CpuMilliseconds);
            var ideal = silos * Slots / Wait * 1000;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {silos} | {segments / elapsed:0.0} | {segments / elapsed / ideal:0.0%} | {(double)cpu / segments:0.00} |"));
        }

        return 0;
    }
}
