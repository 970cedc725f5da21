using System.Diagnostics;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.Films))]

namespace OrleansAtlas.Tests;

/// <summary>Eight small films, a segment each, and what one process without a cluster makes of them.</summary>
public sealed class Films : IAsyncLifetime
{
    /// <summary>The model that describes.</summary>
    public const string Model = "resnet18";

    // Two waves of segments for the slots of two silos, and together too few frames to train long.
    private static readonly (string Name, string Source)[] Sources =
    [
        ("a/testsrc.mp4", "testsrc2=size=640x360:rate=25"),
        ("a/mandelbrot.mp4", "mandelbrot=size=480x360:rate=25"),
        ("b/bars.mp4", "smptehdbars=size=640x360:rate=25"),
        ("b/gradients.mp4", "gradients=size=640x360:rate=25:seed=1"),
        ("b/life-1.mkv", "life=size=320x180:rate=25:mold=10:ratio=0.1:seed=1"),
        ("b/life-2.mkv", "life=size=320x180:rate=25:mold=10:ratio=0.1:seed=2"),
        ("cells-1.webm", "cellauto=size=320x240:rate=25:seed=1"),
        ("cells-2.webm", "cellauto=size=320x240:rate=25:seed=2"),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>What every test asks for.</summary>
    public string[] Arguments { get; } = ["-c", "films", "--fps", "3"];

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
            string[] arguments = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "3", "-pix_fmt", "yuv420p", path];
            using var ffmpeg = Process.Start("ffmpeg", arguments);
            await ffmpeg.WaitForExitAsync();
            Assert.Equal(0, ffmpeg.ExitCode);
        }

        await Atlas.JsonAsync(["index", Folder, .. Arguments, "--model", Model, "--store", Whole]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
