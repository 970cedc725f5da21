namespace OrleansAtlas.Tests;

/// <summary>Several processes over one container, and a service that goes away meanwhile.</summary>
public sealed class ShardTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Shards_that_overlap_and_run_twice_make_the_same_bytes()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var runs = await Task.WhenAll(
            ((string[])["0/2", "1/2", "0/2", "1/3"]).Select(shard =>
                atlas.RunAsync(["index", library.Folder, .. Library.Arguments, "--shard", shard])
            )
        );
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));
        var last = await atlas.JsonAsync("index", library.Folder, "-c", "films");
        Assert.Equal(0, last.GetProperty("newFrames").GetInt32());
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix);
    }

    [Fact]
    public async Task A_service_that_goes_away_under_load_and_comes_back_loses_nothing()
    {
        await using var server = await AzuriteServer.StartAsync(_folder["azurite"]);
        using var atlas = await BlobAtlas.CreateAsync(server);
        using var process = BlobAtlas.Start(atlas.Environment, ["index", library.Folder, .. Library.Arguments]);
        var ended = AtlasRun.EndOfAsync(process);
        while (!ended.IsCompleted && await BlobBytes.SegmentsAsync(atlas.Container, BlobAtlas.Prefix) == 0)
        {
            await Task.Delay(20);
        }

        Assert.False(ended.IsCompleted, "The run ended before the service went away.");
        await server.RestartAsync(TimeSpan.FromSeconds(2));
        var run = await ended;
        Assert.True(run.ExitCode == 0, run.Error);
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix);
    }

    [Fact]
    public async Task What_a_service_has_forgotten_when_it_was_killed_is_done_again_in_the_same_run()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        using var process = BlobAtlas.Start(atlas.Environment, ["index", library.Folder, .. Library.Arguments, "-v"]);
        var ended = AtlasRun.EndOfAsync(process);
        string? film = null;
        while (!ended.IsCompleted && film is null)
        {
            await foreach (var blob in atlas.Container.GetBlobsAsync(new() { Prefix = $"{BlobAtlas.Prefix}films/videos/" }))
            {
                film ??= blob.Name.Contains("/features-", StringComparison.Ordinal) ? blob.Name[..blob.Name.LastIndexOf('/')] : null;
            }
        }

        Assert.NotNull(film);
        await foreach (var blob in atlas.Container.GetBlobsAsync(new() { Prefix = film + "/" }))
        {
            await atlas.Container.DeleteBlobAsync(blob.Name);
        }

        var run = await ended;
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("the store has lost what was written of", run.Error, StringComparison.Ordinal);
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix);
    }
}
