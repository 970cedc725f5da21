using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace OrleansAtlas.Tests;

/// <summary>What happened to films between two runs is told by name, in a container as in a folder.</summary>
public sealed class ChangeTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_renamed_one_deleted_one_replaced_and_one_added_are_each_named(bool inContainer)
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = inContainer ? await BlobBytes.UploadAsync(library.Folder, atlas.Container, "films") : CopyFolder();
        Names((await atlas.JsonAsync(["index", films, .. Library.Arguments])).GetProperty("changes"), "new", 4);
        var unchanged = await atlas.JsonAsync("index", films, "-c", "films");
        Names(unchanged.GetProperty("changes"), "new", 0);

        await CopyAsync(atlas.Container, films, "a/testsrc.mp4", "renamed.mp4");
        await DeleteAsync(atlas.Container, films, "a/testsrc.mp4");
        await CopyAsync(atlas.Container, films, "bars.mp4", "copied.mp4");
        await CopyAsync(atlas.Container, films, "bars.mp4", "life.mkv");
        await DeleteAsync(atlas.Container, films, "a/mandelbrot.mp4");
        await PutAsync(atlas.Container, films, "added.mp4");

        var changes = (await atlas.JsonAsync("index", films, "-c", "films")).GetProperty("changes");
        Assert.Equal(["added.mp4"], Names(changes, "new", 1));
        Assert.Equal(["life.mkv"], Names(changes, "changed", 1));
        Assert.Equal(["copied.mp4"], Names(changes, "copied", 1));
        Assert.Equal(["a/mandelbrot.mp4"], Names(changes, "gone", 1));
        var moved = Assert.Single(changes.GetProperty("moved").EnumerateArray());
        Assert.Equal("a/testsrc.mp4", moved.GetProperty("from").GetString());
        Assert.Equal("renamed.mp4", moved.GetProperty("to").GetString());

        var states = await StatesAsync(atlas);
        Assert.Equal("gone", states["a/mandelbrot.mp4"]);
        Assert.Equal("done", states["renamed.mp4"]);
        Assert.DoesNotContain("a/testsrc.mp4", states.Keys);
        var since = await atlas.JsonAsync("status", "-c", "films", "--since", "1h");
        // Since the beginning: life.mkv came and was replaced by a copy.
        Assert.Equal(["added.mp4", "bars.mp4", "renamed.mp4"], Names(since.GetProperty("changes"), "new", 3));
        Assert.Equal(["copied.mp4", "life.mkv"], Names(since.GetProperty("changes"), "copied", 2));
        Names(since.GetProperty("changes"), "gone", 0);
        var runs = since.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("changes")).ToList();
        Assert.Equal(2, runs.Count);
        Assert.Equal(["a/mandelbrot.mp4"], Names(runs[1], "gone", 1));

        var frames = (await atlas.JsonAsync("status", "-c", "films")).GetProperty("frames").GetInt64();
        var pruned = await atlas.JsonAsync("index", films, "-c", "films", "--prune");
        Names(pruned.GetProperty("changes"), "gone", 0);
        Assert.Equal(["a/mandelbrot.mp4"], Names(pruned, "pruned", 1));
        Assert.DoesNotContain("a/mandelbrot.mp4", (await StatesAsync(atlas)).Keys);
        Assert.True(pruned.GetProperty("map").GetProperty("frames").GetInt64() < frames);

        await DeleteAsync(atlas.Container, films, "copied.mp4");
        var fewer = (await atlas.JsonAsync("index", films, "-c", "films")).GetProperty("changes");
        Assert.Equal(["copied.mp4"], Names(fewer, "gone", 1));
        Assert.Equal("done", (await StatesAsync(atlas))["bars.mp4"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Films_that_exchanged_their_names_have_moved_and_nothing_is_done_again(bool inContainer)
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = inContainer ? await BlobBytes.UploadAsync(library.Folder, atlas.Container, "films") : CopyFolder();
        await atlas.JsonAsync(["index", films, .. Library.Arguments]);
        await CopyAsync(atlas.Container, films, "bars.mp4", "aside.mp4");
        await CopyAsync(atlas.Container, films, "life.mkv", "bars.mp4");
        await CopyAsync(atlas.Container, films, "aside.mp4", "life.mkv");
        await DeleteAsync(atlas.Container, films, "aside.mp4");

        var run = await atlas.JsonAsync("index", films, "-c", "films");
        var changes = run.GetProperty("changes");
        Assert.Equal(
            [("life.mkv", "bars.mp4"), ("bars.mp4", "life.mkv")],
            changes.GetProperty("moved").EnumerateArray().Select(film => ($"{film.GetProperty("from")}", $"{film.GetProperty("to")}"))
        );
        Names(changes, "changed", 0);
        Names(changes, "new", 0);
        Names(changes, "gone", 0);
        Assert.Equal(0, run.GetProperty("newFrames").GetInt64());
        Assert.False(run.GetProperty("map").GetProperty("new").GetBoolean());
        Names((await atlas.JsonAsync("index", films, "-c", "films")).GetProperty("changes"), "changed", 0);
    }

    [Fact]
    public async Task Frames_of_films_that_are_gone_are_told_of_until_they_are_pruned()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = CopyFolder();
        await atlas.JsonAsync(["index", films, .. Library.Arguments]);
        File.Delete(Path.Combine(films, "bars.mp4"));
        for (var again = 0; again < 2; again++)
        {
            var run = await atlas.RunAsync("index", films, "-c", "films");
            Assert.Contains("It still has 16 frames of 1 film that is gone; --prune takes it off.", run.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            "still has",
            (await atlas.RunAsync("index", films, "-c", "films", "--prune")).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Films_that_moved_as_a_whole_are_moved_and_two_names_that_come_at_once_are_one_film_and_a_copy(bool inContainer)
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = inContainer ? await BlobBytes.UploadAsync(library.Folder, atlas.Container, "films") : CopyFolder();
        await CopyAsync(atlas.Container, films, "bars.mp4", "copied.mp4");
        var first = (await atlas.JsonAsync(["index", films, .. Library.Arguments])).GetProperty("changes");
        Names(first, "new", 4);
        Assert.Equal(["copied.mp4"], Names(first, "copied", 1));

        var elsewhere = inContainer ? await BlobBytes.UploadAsync(library.Folder, atlas.Container, "elsewhere") : _folder["elsewhere"];
        if (inContainer)
        {
            foreach (var film in (string[])["a/testsrc.mp4", "a/mandelbrot.mp4", "bars.mp4", "copied.mp4", "life.mkv"])
            {
                await DeleteAsync(atlas.Container, films, film);
            }
        }
        else
        {
            Directory.Move(films, elsewhere);
            File.Delete(Path.Combine(elsewhere, "copied.mp4"));
        }

        var changes = (await atlas.JsonAsync("index", elsewhere, "-c", "films")).GetProperty("changes");
        Assert.Equal(
            ["a/mandelbrot.mp4", "a/testsrc.mp4", "bars.mp4", "life.mkv"],
            changes.GetProperty("moved").EnumerateArray().Select(film => film.GetProperty("to").GetString()![(elsewhere.Length + 1)..])
        );
        Names(changes, "copied", 0);
        Assert.Single(Names(changes, "gone", 1));
        Assert.Equal(["done", "done", "done", "done"], (await StatesAsync(atlas)).Values);
    }

    [Fact]
    public async Task A_film_that_any_server_no_longer_has_is_gone_and_one_that_it_never_had_failed()
    {
        var server = await azurite.ServerAsync();
        var container = await server.ContainerAsync();
        await container.SetAccessPolicyAsync(PublicAccessType.Blob);
        var films = await BlobBytes.UploadAsync(library.Folder, container, "films");
        string[] arguments =
        [
            "index",
            $"{films}/bars.mp4",
            $"{films}/life.mkv",
            .. Library.Arguments,
            "--store",
            _folder["store"],
            "--json",
        ];
        using var first = BlobAtlas.Start(new Dictionary<string, string?>(), arguments);
        Names((await AtlasRun.EndOfAsync(first)).Json.GetProperty("changes"), "new", 2);
        await DeleteAsync(container, films, "life.mkv");
        using var second = BlobAtlas.Start(new Dictionary<string, string?>(), [.. arguments, $"{films}/never.mp4"]);
        var run = await AtlasRun.EndOfAsync(second);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["life.mkv"], Names(run.Json.GetProperty("changes"), "gone", 1));
        Assert.Equal(["never.mp4"], Names(run.Json.GetProperty("changes"), "failed", 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_lost_all_its_films_has_them_gone_and_one_that_never_had_any_is_an_error(bool inContainer)
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = inContainer ? await BlobBytes.UploadAsync(library.Folder, atlas.Container, "films") : CopyFolder();
        await atlas.JsonAsync(["index", films, .. Library.Arguments]);
        foreach (var film in (string[])["a/testsrc.mp4", "a/mandelbrot.mp4", "bars.mp4", "life.mkv"])
        {
            await DeleteAsync(atlas.Container, films, film);
        }

        var run = await atlas.RunAsync("index", films, "-c", "films");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"Nothing is in '{films}' any more.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["gone", "gone", "gone", "gone"], (await StatesAsync(atlas)).Values);
        Names((await atlas.JsonAsync("index", films, "-c", "films")).GetProperty("changes"), "gone", 0);

        var other = inContainer ? $"{films}/other" : Directory.CreateDirectory(_folder["other"]).FullName;
        var refused = await atlas.RunAsync("index", other, "-c", "films");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"'{other}'", refused.Sentence, StringComparison.Ordinal);

        await atlas.JsonAsync("index", films, "-c", "films", "--prune");
        Assert.Empty(await StatesAsync(atlas));
    }

    private static List<string?> Names(JsonElement changes, string kind, int count)
    {
        var names = changes.GetProperty(kind).EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.True(names.Count == count, $"{kind}: {changes}");
        return names;
    }

    private static async Task<Dictionary<string, string?>> StatesAsync(BlobAtlas atlas) =>
        (await atlas.JsonAsync("status", "-c", "films"))
            .GetProperty("videos")
            .EnumerateArray()
            .ToDictionary(film => film.GetProperty("name").GetString()!, film => film.GetProperty("state").GetString());

    private string CopyFolder()
    {
        foreach (var path in Directory.EnumerateFiles(library.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = _folder["films", Path.GetRelativePath(library.Folder, path)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        return _folder["films"];
    }

    private static BlobClient Blob(BlobContainerClient container, string films, string name) =>
        container.GetBlobClient($"{films[(container.Uri.AbsoluteUri.Length + 1)..]}/{name}");

    private static async Task CopyAsync(BlobContainerClient container, string films, string from, string to)
    {
        if (!films.StartsWith("http", StringComparison.Ordinal))
        {
            File.Copy(Path.Combine(films, from), Path.Combine(films, to), overwrite: true);
            return;
        }

        var content = await Blob(container, films, from).DownloadContentAsync();
        await Blob(container, films, to).UploadAsync(content.Value.Content, overwrite: true);
    }

    private static async Task DeleteAsync(BlobContainerClient container, string films, string name)
    {
        if (films.StartsWith("http", StringComparison.Ordinal))
        {
            await Blob(container, films, name).DeleteAsync();
        }
        else
        {
            File.Delete(Path.Combine(films, name));
        }
    }

    private async Task PutAsync(BlobContainerClient container, string films, string name)
    {
        var path = films.StartsWith("http", StringComparison.Ordinal) ? _folder[name] : Path.Combine(films, name);
        await Library.MakeAsync(path, "gradients=size=320x180:rate=25:seed=1");
        if (films.StartsWith("http", StringComparison.Ordinal))
        {
            await Blob(container, films, name).UploadAsync(path, overwrite: true);
        }
    }
}
