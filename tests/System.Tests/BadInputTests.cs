using System.Text;

namespace OrleansAtlas.Tests;

/// <summary>Whatever is wrong is told in one sentence, with the exit code of its kind, and stops nothing else.</summary>
public sealed class BadInputTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Atlas Program => new(_folder["store"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Broken_files_fail_with_a_reason_and_the_good_films_are_done()
    {
        var films = Directory.CreateDirectory(_folder["films"]).FullName;
        File.Copy(Path.Combine(clips.Folder, "a", "testsrc.mp4"), Path.Combine(films, "good.mp4"));
        File.WriteAllText(Path.Combine(films, "text.mp4"), "This is no film.\n");
        File.WriteAllText(Path.Combine(films, "notes.txt"), "Nor is this.\n");
        var whole = File.ReadAllBytes(Path.Combine(clips.Folder, "a", "mandelbrot.mp4"));
        File.WriteAllBytes(Path.Combine(films, "truncated.mp4"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(Path.Combine(films, "empty.mp4"), []);

        var run = await Program.RunAsync("index", films, "-c", "films", "--fps", "2", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("good.mp4", Assert.Single(run.Json.GetProperty("done").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(
            ["empty.mp4", "text.mp4", "truncated.mp4"],
            run.Json.GetProperty("failed").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)
        );
        Assert.All(run.Json.GetProperty("failed").EnumerateArray(), file => Assert.EndsWith(".", file.GetProperty("reason").GetString()));
        Assert.Equal("notes.txt", Assert.Single(run.Json.GetProperty("ignored").EnumerateArray()).GetProperty("name").GetString());

        var status = await Program.JsonAsync("status", "-c", "films");
        Assert.Equal(3, status.GetProperty("videos").EnumerateArray().Count(film => film.GetProperty("state").GetString() == "failed"));
    }

    [Fact]
    public async Task What_names_hold_reaches_no_terminal_as_it_is()
    {
        var films = Directory.CreateDirectory(_folder["films"]).FullName;
        File.Copy(Path.Combine(clips.Folder, "a", "testsrc.mp4"), Path.Combine(films, "good\u001b]0;title\u0007.mp4"));
        File.WriteAllText(Path.Combine(films, "bad\u001b[2J\natlas: all is well\u009b1m.mp4"), "This is no film.\n");

        var index = await Program.RunAsync("index", films, "-c", "films", "--fps", "2", "-v");
        var status = await Program.RunAsync("status", "-c", "films");

        foreach (var text in new[] { index.Output, index.Error, status.Output, status.Error })
        {
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
            Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("atlas: all is well", StringComparison.Ordinal));
        }

        Assert.Contains("bad\\x1b[2J\\x0aatlas: all is well\\x9b1m.mp4", index.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_its_card_is_refused()
    {
        var model = _folder["model.onnx"];
        File.WriteAllBytes(model, Encoding.ASCII.GetBytes("no model"));
        await AssertRefusedAsync(2, model, "index", clips.Folder, "-c", "films", "--model", model);
        File.WriteAllText(model + ".json", """{"name":"x","inputSize":224,"dimensions":10,"licence":"none"}""");
        await AssertRefusedAsync(2, model, "index", clips.Folder, "-c", "films", "--model", model);
        await AssertRefusedAsync(2, "'no-such-model'", "index", clips.Folder, "-c", "films", "--model", "no-such-model");
    }

    [Fact]
    public async Task Paths_that_hold_nothing_are_refused()
    {
        await AssertRefusedAsync(2, "not there", "index", _folder["nowhere"], "-c", "films");
        var empty = Directory.CreateDirectory(_folder["empty"]).FullName;
        await AssertRefusedAsync(2, "no file is there", "index", empty, "-c", "films");
        File.WriteAllText(Path.Combine(empty, "notes.txt"), "text");
        await AssertRefusedAsync(2, "none of 1 files", "index", empty, "-c", "films");
        await AssertRefusedAsync(2, "no collection 'films'", "status", "-c", "films");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_with_code_3()
    {
        File.WriteAllText(_folder["file"], "");
        await AssertRefusedAsync(3, "--store", "index", clips.Folder, "-c", "films", "--store", _folder["file", "store"]);
    }

    [Theory]
    [InlineData("--keep", "0")]
    [InlineData("--keep", "2")]
    [InlineData("--fps", "-1")]
    [InlineData("--frames", "gif")]
    [InlineData("--shard", "4/3")]
    [InlineData("--shard", "x")]
    [InlineData("--collection", "a/b")]
    [InlineData("--nonsense", "1")]
    public async Task A_wrong_option_is_named(string option, string value)
    {
        string[] collection = option == "--collection" ? [] : ["-c", "films"];
        await AssertRefusedAsync(2, option == "--collection" ? value : option, ["index", clips.Folder, .. collection, option, value]);
    }

    [Fact]
    public async Task What_a_collection_was_made_with_stays()
    {
        clips.CopyTo(_folder["store"]);
        await AssertRefusedAsync(2, "--fps 4", "index", clips.Folder, "-c", "films", "--fps", "3");
        await AssertRefusedAsync(2, "jpeg", "index", clips.Folder, "-c", "films", "--frames", "raw");
        await AssertRefusedAsync(2, "no map 'nonsense'", "mosaic", "-c", "films", "-o", _folder["m.png"], "--map", "nonsense");
        await AssertRefusedAsync(2, ".gif", "mosaic", "-c", "films", "-o", _folder["m.gif"]);
    }

    private async Task AssertRefusedAsync(int code, string named, params string[] arguments)
    {
        var run = await Program.RunAsync(arguments);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(named, run.Sentence);
        Assert.DoesNotContain("   at ", run.Error);
    }
}
