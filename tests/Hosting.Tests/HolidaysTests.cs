using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>The ten lines that README shows, run as the program that they are.</summary>
public sealed partial class HolidaysTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_of_ten_lines_indexes_a_folder_finds_clips_and_draws_the_map()
    {
        Directory.CreateDirectory(_folder["films"]);
        await FilmAsync("stripes.mp4", "testsrc2=size=320x180:rate=10");
        await FilmAsync("fractal.mp4", "mandelbrot=size=320x180:rate=10");
        await FilmAsync("bars.mp4", "smptehdbars=size=320x180:rate=10");

        var program = await RunAsync(
            TestFiles.Built("Holidays", "OrleansAtlas.Holidays"),
            _folder["films"],
            Path.Combine(_folder["films"], "fractal.mp4")
        );

        Assert.True(program.Code == 0, program.Text);
        Assert.Matches(@"3 films, \d+ frames, map [0-9a-z]+", program.Text);
        Assert.Equal(2, Match().Count(program.Text)); // At most one stretch a film, and the film itself is left out.
        Assert.Matches(@"mosaic\.png: \d+x\d+ pixels", program.Text);
        Assert.True(new FileInfo(_folder["mosaic.png"]).Length > 1000);
    }

    [Fact]
    public void README_shows_this_program()
    {
        var program = File.ReadAllText(Path.Combine(TestFiles.Repository, "examples", "Holidays", "Program.cs"));

        Assert.Contains(
            program[program.IndexOf("await using", StringComparison.Ordinal)..].Trim(),
            File.ReadAllText(Path.Combine(TestFiles.Repository, "README.md"))
        );
    }

    private Task FilmAsync(string name, string source) =>
        RunAsync(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "6", "-pix_fmt", "yuv420p", Path.Combine(_folder["films"], name)]
        );

    private async Task<(int Code, string Text)> RunAsync(string program, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Limit);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"^\d\.\d\d \S+\.mp4: ", RegexOptions.Multiline)]
    private static partial Regex Match();
}
