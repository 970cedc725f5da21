using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

/// <summary>The real films and photos of ../shared, as a person would index them.</summary>
public sealed class FootageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_films_are_done_with_exact_times_and_the_mosaic_keeps_films_together()
    {
        var footage = TestFiles.Shared("footage");
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", footage, "-c", "films", "--model", TestFiles.Shared("models", "mobilenet_v2.onnx"));
        Assert.Equal(37, index.GetProperty("done").GetArrayLength());
        Assert.Equal(0, index.GetProperty("failed").GetArrayLength());
        Assert.Contains(
            "blender/LICENCE.txt",
            index.GetProperty("ignored").EnumerateArray().Select(file => file.GetProperty("name").GetString())
        );

        await atlas.JsonAsync("export", "-c", "films", "--format", "jsonl", "-o", _folder["frames.jsonl"]);
        var frames = File.ReadLines(_folder["frames.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        foreach (
            var film in (string[])
                [
                    "mdn-shared-assets/flower.webm",
                    "blender/big_buck_bunny_0_30.webm",
                    "intel-sample-videos/bottle-detection.mp4",
                    "intel-sample-videos/asl_gestures/again.mkv",
                ]
        )
        {
            var times = await TimesAsync(Path.Combine(footage, film));
            var kept = frames
                .Where(frame => frame.GetProperty("path").GetString() == film)
                .Select(frame => frame.GetProperty("time").GetDouble())
                .ToList();
            Assert.NotEmpty(kept);
            Assert.All(kept, time => Assert.Contains(times, known => Math.Abs(known - time) < 1e-3));
            Assert.InRange(kept.Count, (times.Count / 20) - 1, (times.Count / 20) + 2);
        }

        var mosaic = await atlas.JsonAsync("mosaic", "-c", "films", "-o", _folder["mosaic.png"], "--tile", "89x50");
        Assert.InRange(mosaic.GetProperty("drawn").GetProperty("sameFilm").GetProperty("ratio").GetDouble(), 3, 100);
    }

    [Theory]
    [InlineData("resnet18", 0.90)]
    [InlineData("mobilenet_v2", 0.90)]
    public async Task A_photos_nearest_neighbour_is_of_its_class(string model, double share)
    {
        var photos = TestFiles.Shared("photos", "caltech101");
        var file = model == "resnet18" ? model : TestFiles.Shared("models", model + ".onnx");
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", photos, "-c", "photos", "--model", file);
        Assert.Equal(300, index.GetProperty("done").GetArrayLength());
        await atlas.JsonAsync("export", "-c", "photos", "--format", "npy", "-o", _folder["export"]);
        var reduced = Npy.Parse<float>(File.ReadAllBytes(_folder["export", "reduced.npy"]));
        var classes = File.ReadLines(_folder["export", "frames.jsonl"])
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString()!.Split('/')[^2])
            .ToArray();
        Assert.Equal(300, classes.Length);
        Assert.InRange(SameClass(reduced.Values, classes, reduced.Shape[1]), share, 1);
    }

    private static double SameClass(float[] vectors, string[] classes, int width) =>
        Enumerable.Range(0, classes.Length).Average(i => classes[i] == classes[Nearest(vectors, i, classes.Length, width)] ? 1.0 : 0.0);

    private static int Nearest(float[] vectors, int i, int count, int width) =>
        Enumerable
            .Range(0, count)
            .Where(j => j != i)
            .MinBy(j =>
                System.Numerics.Tensors.TensorPrimitives.Distance<float>(vectors.AsSpan(i * width, width), vectors.AsSpan(j * width, width))
            );

    private static async Task<List<double>> TimesAsync(string path)
    {
        using var ffprobe = Process.Start(
            new ProcessStartInfo(
                "ffprobe",
                ["-v", "error", "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", path]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var lines = await ffprobe.StandardOutput.ReadToEndAsync();
        await ffprobe.WaitForExitAsync();
        return
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)),
        ];
    }
}
