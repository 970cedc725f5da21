using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>The commands under "Your own films" of README.md, run one after the other by somebody with two folders of films.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Every_command_of_Your_own_films_ends_with_0_and_writes_what_it_says()
    {
        await MakeFilmAsync("Films/film.mp4", "testsrc2=size=320x180:rate=25", 24);
        await MakeFilmAsync("Films/fractal.mp4", "mandelbrot=size=320x180:rate=25", 12);
        await MakeFilmAsync("More/life.mp4", "life=size=320x180:rate=25:mold=10:ratio=0.1:seed=7", 12);
        var atlas = new Atlas(null) { Home = _home.Path };
        var commands = Commands();
        Assert.True(commands.Count >= 12, $"only {commands.Count} commands were found");
        foreach (var command in commands)
        {
            var arguments = command.Replace("~", _home.Path, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var run = arguments[0] == "serve" ? await ServeAsync(atlas, arguments) : await atlas.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, $"atlas {command} ended with {run.ExitCode}: {run.Error}");
            if (Array.IndexOf(arguments, "-o") is >= 0 and var output)
            {
                Assert.True(Path.Exists(_home[arguments[output + 1]]), $"atlas {command} wrote nothing");
            }
        }
    }

    // Another program may have the usual port.
    private static async Task<AtlasRun> ServeAsync(Atlas atlas, string[] arguments)
    {
        using var process = atlas.Start([.. arguments, "--port", "0"]);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
            using var http = new HttpClient { Timeout = Limit };
            Assert.Contains("<html", await http.GetStringAsync(Address().Match(line!).Value), StringComparison.Ordinal);
        }
        finally
        {
            using var signal = Process.Start("kill", ["-INT", $"{process.Id}"]);
        }

        return await AtlasRun.EndOfAsync(process);
    }

    private static List<string> Commands() =>
        [
            .. Block()
                .Match(File.ReadAllText(Path.Combine(TestFiles.Repository, "README.md")))
                .Groups[1]
                .Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Comment().Replace(line, "").Trim())
                .Select(line => line.StartsWith("./atlas ", StringComparison.Ordinal) ? line[8..] : throw new FormatException(line)),
        ];

    private async Task MakeFilmAsync(string name, string source, int seconds)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home[name])!);
        await Clips.FfmpegAsync("-f", "lavfi", "-i", source, "-t", $"{seconds}", "-g", "50", "-pix_fmt", "yuv420p", _home[name]);
    }

    [GeneratedRegex(@"## Your own films\s+```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
