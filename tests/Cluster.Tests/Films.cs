using System.Diagnostics;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.Films))]

namespace OrleansAtlas.Tests;

/// <summary>A dozen small films, a segment each, and what one process without a cluster makes of them.</summary>
public sealed class Films : IAsyncLifetime
{
    /// <summary>The model that describes.</summary>
    public const string Model = "resnet18";

    // Three waves of segments for the slots of two silos, and together too few frames to train long.
    private static readonly (string Name, string Source)[] Sources =
    [
        ("a/testsrc.mp4", "testsrc2=size=640x360:rate=25"),
        ("a/mandelbrot.mp4", "mandelbrot=size=480x360:rate=25"),
        ("b/bars.mp4", "smptehdbars=size=640x360:rate=25"),
        .. Enumerable.Range(1, 3).Select(seed => ($"b/life-{seed}.mkv", $"life=size=320x180:rate=25:mold=10:ratio=0.1:death_color=#C83232:life_color=#00ff00:seed={seed}")),
        .. Enumerable.Range(1, 3).Select(seed => ($"cells-{seed}.webm", $"cellauto=size=320x240:rate=25:seed={seed}")),
        .. Enumerable.Range(1, 3).Select(seed => ($"c/gradients-{seed}.mp4", $"gradients=size=640x360:rate=25:seed={seed}")),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>What every test asks for.</summary>
    public string[] Wish { get; } = ["-c", "films", "--fps", "3"];

    public int Count { get; } = Sources.Length;

    /// <summary>Segments of all films.</summary>
    public int Segments => ClusterOfProcesses.SegmentsIn(Whole);

    public string Folder => _folder["films"];

    /// <summary>The store that the local engine made.</summary>
    public string Whole => _folder["whole"];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, source) in Sources)
        {
            var path = _folder["films", name];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var ffmpeg = Process.Start("ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "3", "-g", "50", "-pix_fmt", "yuv420p", path]);
            await ffmpeg.WaitForExitAsync();
            Assert.Equal(0, ffmpeg.ExitCode);
        }

        await Atlas.JsonAsync(["index", Folder, .. Wish, "--model", Model, "--store", Whole]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
