using System.Diagnostics;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.Library))]

namespace OrleansAtlas.Tests;

/// <summary>Four small films, and what a run over a store in a folder makes of them.</summary>
public sealed class Library : IAsyncLifetime
{
    private static readonly (string Name, string Source)[] Films =
    [
        ("a/testsrc.mp4", "testsrc2=size=640x360:rate=25"),
        ("a/mandelbrot.mp4", "mandelbrot=size=480x360:rate=25"),
        ("bars.mp4", "smptehdbars=size=640x360:rate=25"),
        ("life.mkv", "life=size=320x180:rate=25:mold=10:ratio=0.1:seed=1"),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>How every test indexes.</summary>
    public static string[] Arguments { get; } = ["-c", "films", "--fps", "4", "--model", "resnet18"];

    /// <summary>The folder with the films.</summary>
    public string Folder => _folder["films"];

    /// <summary>The store in a folder.</summary>
    public string Whole => _folder["whole"];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, source) in Films)
        {
            await MakeAsync(_folder["films", name], source);
        }

        using var process = BlobAtlas.Start(new Dictionary<string, string?>(), ["index", Folder, .. Arguments, "--store", Whole]);
        Assert.Equal(0, (await AtlasRun.EndOfAsync(process)).ExitCode);
    }

    /// <summary>Makes a film.</summary>
    public static async Task MakeAsync(string path, string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string[] arguments = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "4", "-pix_fmt", "yuv420p", path];
        using var ffmpeg = Process.Start("ffmpeg", arguments);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
