using System.Diagnostics;
using OrleansAtlas.Images;

namespace OrleansAtlas.Bench.Pictures;

/// <summary>What one call of the picture library costs: a stored frame of 534 x 300, and a photo scaled for a model.</summary>
internal static class CodecBench
{
    private const int Rounds = 41;

    public static int Run(string photo)
    {
        var codec = new VipsImageCodec();
        var frame = codec.ReadPhoto(photo, 534, 300);
        var jpeg = codec.EncodeJpeg(frame, 85);
        Console.WriteLine($"{codec.Version}, a JPEG of {jpeg.Length} bytes; microseconds a call");
        Console.WriteLine("| call | wall, median | wall, tenth percentile | processor, median | processor, tenth percentile |");
        Console.WriteLine("|---|---|---|---|---|");
        Measure("encode 534 x 300", 20, () => codec.EncodeJpeg(frame, 85));
        Measure("decode 534 x 300", 20, () => codec.Decode(jpeg));
        Measure("decode it at a quarter", 30, () => codec.Decode(jpeg, 133, 75));
        Measure("photo to 299 x 299", 4, () => codec.ReadPhoto(photo, 299, 299));
        return 0;
    }

    private static void Measure(string name, int calls, Func<object> call)
    {
        var (wall, processor) = (new double[Rounds], new double[Rounds]);
        for (var round = -5; round < Rounds; round++)
        {
            var (used, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            for (var i = 0; i < calls; i++)
            {
                call();
            }

            if (round >= 0)
            {
                wall[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls;
                processor[round] = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / calls;
            }
        }

        Array.Sort(wall);
        Array.Sort(processor);
        var (median, tenth) = (Rounds / 2, Rounds / 10);
        Console.WriteLine($"| {name} | {wall[median]:0} | {wall[tenth]:0} | {processor[median]:0} | {processor[tenth]:0} |");
    }
}
