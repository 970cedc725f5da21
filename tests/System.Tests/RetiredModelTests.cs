using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansAtlas.Tests;

/// <summary>A collection that was made with a model which this version does not have any more.</summary>
public sealed class RetiredModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _films;
    private readonly Atlas _atlas;

    public RetiredModelTests(IndexedClips clips)
    {
        _films = clips.Folder;
        _atlas = new Atlas(_folder["store"]);
        clips.CopyTo(_folder["store"]);
        var path = _folder["store", "films", "collection.json"];
        var settings = JsonNode.Parse(File.ReadAllText(path))!;
        (settings["model"]!["name"], settings["model"]!["sha256"]) = ("lite", new string('7', 64));
        File.WriteAllText(path, settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_it_holds_is_shown_drawn_and_searched()
    {
        Assert.Contains("described by lite", (await SucceedAsync("status", "-c", "films")).Output);
        await SucceedAsync("mosaic", "-c", "films", "-o", _folder["mosaic.png"]);
        Assert.True(new FileInfo(_folder["mosaic.png"]).Length > 0);
        Assert.Contains("mandelbrot", (await SucceedAsync("similar", "a/testsrc.mp4@0-4", "-c", "films", "-k", "9")).Output);
        await SucceedAsync("index", _films, "-c", "films");
    }

    [Fact]
    public async Task A_new_film_is_refused_in_one_sentence()
    {
        Directory.CreateDirectory(_folder["new"]);
        var film = _folder["new", "another.mp4"];
        await Clips.FfmpegAsync("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "4", "-pix_fmt", "yuv420p", film);
        foreach (
            var refused in (string[][])
                [
                    ["index", film, "-c", "films"],
                    ["similar", film, "-c", "films"],
                ]
        )
        {
            var run = await _atlas.RunAsync(refused);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("was made with the model lite (SHA-256 777777777777...), which is no longer here", run.Sentence);
            Assert.Contains("new films need another collection", run.Sentence);
        }

        await SucceedAsync("mosaic", "-c", "films", "-o", _folder["mosaic.png"]);
    }

    private async Task<AtlasRun> SucceedAsync(params string[] arguments)
    {
        var run = await _atlas.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"atlas {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}");
        return run;
    }
}
