namespace OrleansAtlas.Tests;

/// <summary>Every verb works on a store in a container.</summary>
public sealed class VerbTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_verb_works_on_a_container_as_on_a_folder()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var indexed = await atlas.JsonAsync(["index", library.Folder, .. Library.Arguments]);
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix);
        Assert.Equal(atlas.Store, indexed.GetProperty("store").GetString());

        Assert.Equal(0, (await atlas.JsonAsync("index", library.Folder, "-c", "films")).GetProperty("newFrames").GetInt32());
        Assert.Equal(4, (await atlas.JsonAsync("status", "-c", "films")).GetProperty("videos").GetArrayLength());
        await DrawsAsync(atlas, "mosaic.png", "mosaic");
        await DrawsAsync(atlas, "scatter.png", "scatter");
        await DrawsAsync(atlas, "paths.png", "paths");
        await DrawsAsync(atlas, "similar.png", "similar", "a/testsrc.mp4");
        await DrawsAsync(atlas, "dissimilar.png", "dissimilar");
        await DrawsAsync(atlas, "map.csv", "export", "--format", "csv");
        await atlas.JsonAsync("export", "-c", "films", "--format", "npy", "-o", _folder["arrays"]);
        Assert.True(File.Exists(_folder["arrays", "reduced.npy"]));
        await atlas.JsonAsync("copies", "-c", "films");
        await ServesAsync(atlas);
        await atlas.JsonAsync("place", "-c", "films", "--rotate", "90");
        await atlas.JsonAsync("train", "-c", "films", "--seed", "2", "--epochs", "2");
        Assert.Equal(3, (await atlas.JsonAsync("maps", "-c", "films")).GetProperty("maps").GetArrayLength());
        await atlas.JsonAsync("remove", "bars.mp4", "-c", "films");
        Assert.True((await atlas.JsonAsync("gc", "-c", "films")).GetProperty("deleted").GetInt32() > 0);
        await atlas.JsonAsync("verify", "-c", "films");
        Assert.Contains(
            (await atlas.JsonAsync("doctor")).GetProperty("checks").EnumerateArray(),
            check => check.GetProperty("detail").GetString() == atlas.Store
        );
        await atlas.AssertHoldsNoKeyAsync();
    }

    [Fact]
    public async Task What_is_damaged_is_found_and_made_again()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        await atlas.JsonAsync(["index", library.Folder, .. Library.Arguments]);
        var name = await BlobBytes
            .NamesAsync(atlas.Container, BlobAtlas.Prefix)
            .FirstAsync(name => name.Contains("/features-", StringComparison.Ordinal));
        var blob = atlas.Container.GetBlobClient(BlobAtlas.Prefix + name);
        var bytes = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        bytes[200] ^= 1;
        await blob.UploadAsync(new BinaryData(bytes), overwrite: true);

        var found = await atlas.RunAsync("verify", "-c", "films");
        Assert.Equal(1, found.ExitCode);
        Assert.Contains(name.Split('/')[^1], found.Output + found.Error, StringComparison.Ordinal);
        await atlas.JsonAsync("verify", "-c", "films", "--repair");
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix);
    }

    // The first line is "The map is at ADDRESS (Ctrl-C stops)".
    private static async Task ServesAsync(BlobAtlas atlas)
    {
        using var server = BlobAtlas.Start(atlas.Environment, "serve", "--port", "0");
        try
        {
            var said = (await server.StandardOutput.ReadLineAsync())!;
            using var http = new HttpClient
            {
                BaseAddress = new Uri(said.Split(' ').Single(word => word.StartsWith("http:", StringComparison.Ordinal))),
            };
            Assert.Contains("films", await http.GetStringAsync("/api/v1/collections"), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private async Task DrawsAsync(BlobAtlas atlas, string file, string verb, params string[] more)
    {
        await atlas.JsonAsync([verb, .. more, "-c", "films", "-o", _folder[file]]);
        Assert.True(new FileInfo(_folder[file]).Length > 0);
    }
}
