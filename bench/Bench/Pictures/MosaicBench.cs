using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansAtlas.Images;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Pictures;

/// <summary>Mosaics from stored frames: the article's 5874 x 5400, and an A0 poster.</summary>
internal static class MosaicBench
{
    private const int Runs = 3;

    public static async Task<int> RunAsync(string store, string name, string report)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default);
        var codec = new VipsImageCodec();
        var folder = Directory.CreateTempSubdirectory("atlas-bench-");
        var text = new StringBuilder(
            "| picture | tiles | format | best of 3 | of that the assignment | resident |\n|---|---|---|---|---|---|\n"
        );
        try
        {
            var a0 = new PosterLayout(PaperSize.Find("a0")!, "Atlas", ["one line"]);
            foreach (var extension in (string[])[".png", ".jpg"])
            {
                text.Append(
                    await RunAsync(
                        map,
                        codec,
                        MosaicGeometry.OfTiles(11, 18, 534, 300),
                        null,
                        Path.Combine(folder.FullName, "mosaic" + extension)
                    )
                );
                var (columns, rows) = a0.Grid(11, 1.78);
                text.Append(
                    await RunAsync(
                        map,
                        codec,
                        MosaicGeometry.OfPicture(columns, rows, a0.Size.Width, a0.Size.Height, a0.Inner),
                        a0,
                        Path.Combine(folder.FullName, "a0" + extension)
                    )
                );
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
            $"# Mosaics\n\n{map.Count} frames kept as {collection.Settings.Frames}. {processor}, {Environment.ProcessorCount} "
                + $"cores, other work beside it. Made by `bench mosaics`.\n\n{text}"
        );
        return 0;
    }

    private static async Task<string> RunAsync(
        AtlasMap map,
        VipsImageCodec codec,
        MosaicGeometry geometry,
        PosterLayout? poster,
        string path
    )
    {
        var (best, assignment) = (double.MaxValue, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var layout = GridAssignment.Assign(map.Frames, MapView.Whole, geometry.Columns, geometry.Rows, default);
            var assigned = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await new MosaicRenderer(codec, new StoredFrames(map, codec)) { Overlay = poster?.Overlay(codec) }.WriteAsync(
                layout,
                geometry,
                path,
                default
            );
            if (Stopwatch.GetElapsedTime(started).TotalSeconds is var seconds && seconds < best)
            {
                (best, assignment) = (seconds, assigned);
            }
        }

        var memory = Process.GetCurrentProcess().PeakWorkingSet64;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {geometry.Width} x {geometry.Height} | {geometry.Columns} x {geometry.Rows} | {Path.GetExtension(path)[1..]} | "
                + $"{best:0.0} s | {assignment:0.00} s | {memory / 1e6:0} MB |\n"
        );
    }
}
