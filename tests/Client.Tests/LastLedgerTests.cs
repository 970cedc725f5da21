using System.Text.Json;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>What <c>atlas status</c> sums where several processes worked together.</summary>
public sealed class LastLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_processes_that_took_a_share_of_the_films_each_are_summed()
    {
        var collection = await CreateAsync();
        await RunAsync(collection, 1000, null);
        await RunAsync(collection, 500, new RunShare(1, 3)); // Of another day: the map was made after it.
        await RunAsync(collection, 0, null);
        await RunAsync(collection, 10, new RunShare(1, 3));
        await RunAsync(collection, 20, new RunShare(2, 3));
        await RunAsync(collection, 30, new RunShare(0, 3));
        await RunAsync(collection, 4, new RunShare(0, 3)); // Broken off and gone on with.
        await RunAsync(collection, 0, new RunShare(1, 3));
        await RunAsync(collection, 0, null);

        var page = await LastLedger.ReadAsync(collection, Cancel);

        var describe = page!.Stages.Single(line => line.Stage == Stage.Describe);
        Assert.Equal((64, 64.0, 3), (describe.Items, describe.BusySeconds, describe.Workers));
        Assert.Equal((34.0, 6), (page.Seconds, page.Processors));
    }

    [Fact]
    public async Task A_run_that_had_all_films_stands_alone()
    {
        var collection = await CreateAsync();
        await RunAsync(collection, 10, new RunShare(0, 2));
        await RunAsync(collection, 20, new RunShare(1, 2));
        await RunAsync(collection, 7, null);
        await RunAsync(collection, 0, null);

        Assert.Equal(7, (await LastLedger.ReadAsync(collection, Cancel))!.Stages.Single(line => line.Stage == Stage.Describe).Items);
    }

    [Fact]
    public async Task The_page_of_a_share_says_which_it_is()
    {
        var collection = await CreateAsync();
        await RunAsync(collection, 1, new RunShare(2, 3));

        var text = await File.ReadAllTextAsync(Directory.EnumerateFiles(_folder["store/films/ledger"]).Single(), Cancel);

        var share = JsonDocument.Parse(text).RootElement.GetProperty("share");
        Assert.Equal((2, 3), (share.GetProperty("number").GetInt32(), share.GetProperty("of").GetInt32()));
    }

    private Task<CollectionStore> CreateAsync() =>
        CollectionStore.CreateAsync(
            LocalStore.Open(_folder["store"], write: true),
            new CollectionSettings
            {
                Name = "films",
                Sampling = new Sampling(),
                Components = 8,
                Training = new TrainingOptions(),
                Model = new ModelPin("none", new string('0', 64), 8, 16),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            Cancel
        );

    // A run takes as many seconds as it has frames.
    private async Task RunAsync(CollectionStore collection, int frames, RunShare? share)
    {
        var page = new LedgerPage(frames, [new StageLine(Stage.Describe, frames, 0, frames, 0, 1)], 2) { Share = share };
        await collection.Artifacts.TryAddAsync(collection.Names.Ledger($"20260531T0200{_runs++:00000}-1"), StoreJson.ToBytes(page), Cancel);
    }
}
