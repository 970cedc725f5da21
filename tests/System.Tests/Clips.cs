using System.Diagnostics;

namespace OrleansAtlas.Tests;

/// <summary>Small films made by ffmpeg, each another picture, so that tests need no footage.</summary>
public sealed class Clips : IAsyncLifetime
{
    private static readonly (string Name, string Source)[] Films =
    [
        ("a/testsrc.mp4", "testsrc2=size=640x360:rate=25"),
        ("a/mandelbrot.mp4", "mandelbrot=size=480x360:rate=25"),
        ("b/life.mkv", "life=size=320x180:rate=25:mold=10:ratio=0.1:death_color=#C83232:life_color=#00ff00:seed=7"),
        ("b/bars.mp4", "smptehdbars=size=640x360:rate=25"),
        ("cells.webm", "cellauto=size=320x240:rate=25:seed=3"),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with five films of eight seconds.</summary>
    public string Folder => _folder["films"];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, source) in Films)
        {
            var path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await FfmpegAsync("-f", "lavfi", "-i", source, "-t", "8", "-g", "50", "-pix_fmt", "yuv420p", path);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs ffmpeg and expects it to succeed.</summary>
    public static async Task FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
