using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansAtlas.Images;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Pictures;

/// <summary>Mosaics from stored frames: the article's 5874 x 5400, and an A0 poster; as they are drawn, and with any frame and all
/// bars.</summary>
internal static class MosaicBench
{
    private const int Runs = 3;

    public static async Task<int> RunAsync(string store, string name, string report)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default);
        var folder = Directory.CreateTempSubdirectory("atlas-bench-");
        var text = new StringBuilder(
            "| picture | tiles | format | drawn with | best of 3 | processor | variety | displacement | films whose bars were cut | "
                + "resident |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n"
        );
        var plain = new MosaicRequest { Variety = 0, KeepBars = true };
        var a0 = new MosaicRequest
        {
            Paper = PaperSize.Find("a0"),
            IsGridFixed = false,
            Title = "Atlas",
            Legend = true,
        };
        try
        {
            foreach (var extension in (string[])[".png", ".jpg"])
            {
                var path = Path.Combine(folder.FullName, "mosaic" + extension);
                text.Append(await RunAsync(map, plain, path, "`--variety 0 --keep-bars`"));
                text.Append(await RunAsync(map, new MosaicRequest(), path, "as usual"));
                text.Append(await RunAsync(map, a0 with { Variety = 0, KeepBars = true }, path, "`--variety 0 --keep-bars`"));
                text.Append(await RunAsync(map, a0, path, "as usual"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var processor = File.ReadLines("/proc/cpuinfo")
            .First(line => line.StartsWith("model name", StringComparison.Ordinal))
            .Split(':')[1]
            .Trim();
        Console.WriteLine(text);
        await File.WriteAllTextAsync(
            report,
            $"# Mosaics\n\n{map.Count} frames of {map.Films.Count} films kept as {collection.Settings.Frames}. {processor}, "
                + $"{Environment.ProcessorCount} cores, other work beside it: seconds of the processor are what can be compared. Made by "
                + "`bench mosaics`.\n\nVariety: share of the tiles that show something none before them does. Displacement: how far a "
                + $"tile is from its frame's place on average, as a share of the map's side.\n\n{text}"
        );
        return 0;
    }

    private static async Task<string> RunAsync(AtlasMap map, MosaicRequest request, string path, string how)
    {
        var (best, processor, drawn) = (double.MaxValue, double.MaxValue, (MosaicDrawn?)null);
        for (var run = 0; run < Runs; run++)
        {
            var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            drawn = await new MosaicDrawing(map, new VipsImageCodec(), () => throw new UnreachableException()).DrawAsync(
                path,
                request,
                default
            );
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {drawn!.Width} x {drawn.Height} | {drawn.Columns} x {drawn.Rows} | {Path.GetExtension(path)[1..]} | {how} | "
                + $"{best:0.0} s | {processor:0.0} s | {drawn.Variety.Share:0.00} | {drawn.Displacement:0.000} | {drawn.BarsCut.Count} | "
                + $"{process.PeakWorkingSet64 / 1e6:0} MB |\n"
        );
    }
}
