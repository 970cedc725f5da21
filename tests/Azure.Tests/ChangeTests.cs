using System.Text.Json;
using Azure.Storage.Blobs;

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
        Names(since.GetProperty("changes"), "new", 5);
        Assert.Equal(["a/mandelbrot.mp4"], Names(since.GetProperty("changes"), "gone", 1));

        var frames = (await atlas.JsonAsync("status", "-c", "films")).GetProperty("frames").GetInt64();
        var pruned = await atlas.JsonAsync("index", films, "-c", "films", "--prune");
        Names(pruned.GetProperty("changes"), "gone", 0);
        Assert.DoesNotContain("a/mandelbrot.mp4", (await StatesAsync(atlas)).Keys);
        Assert.True(pruned.GetProperty("map").GetProperty("frames").GetInt64() < frames);
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
