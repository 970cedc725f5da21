using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Maps.Training;

public sealed class CollectionTrainerTests : IAsyncLifetime
{
    private readonly CountingTrainer _fits = new();
    private readonly Told _told = new();
    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync(trainer: _fits);

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_frames_there_is_no_map_and_training_says_what_to_do()
    {
        var trainer = new CollectionTrainer(_collection.Context, new FakeDispatcher());
        Assert.Null(await trainer.UpdateAsync("c", _told, Cancel));
        var error = await Assert.ThrowsAsync<NotFoundException>(() => trainer.TrainAsync("c", Request(), _told, Cancel));
        Assert.Equal("Collection 'c' has no frames yet; add films with: atlas index PATH -c c", error.Message);
    }

    [Fact]
    public async Task Fewer_than_50_frames_are_laid_out_by_PCA_and_the_map_says_so()
    {
        await AddFilmAsync("a", 49);
        var map = (await new CollectionTrainer(_collection.Context, Working()).UpdateAsync("c", _told, Cancel))!;
        Assert.StartsWith("With 49 frames, fewer than 50, the first two components of PCA", map.Note, StringComparison.Ordinal);
        Assert.Equal(0, _fits.Count);
    }

    [Fact]
    public async Task With_50_frames_a_network_is_fitted_and_replaces_the_stand_in()
    {
        await AddFilmAsync("a", 49);
        var trainer = new CollectionTrainer(_collection.Context, Working());
        var standIn = (await trainer.UpdateAsync("c", _told, Cancel))!;
        await AddFilmAsync("b", 1);
        var trained = (await trainer.UpdateAsync("c", _told, Cancel))!;
        Assert.Equal(1, _fits.Count);
        Assert.NotEqual(standIn.Model, trained.Model);
        Assert.Equal(ModelInfo.Trained, (await _collection.Store.OpenCurrentMapAsync(Cancel)).Method);
    }

    [Fact]
    public async Task Films_that_came_after_the_training_are_told_apart_until_they_are_trained_on()
    {
        await AddFilmAsync("a", 60);
        var trainer = new CollectionTrainer(_collection.Context, Working());
        await trainer.UpdateAsync("c", _told, Cancel);
        Assert.Null((await _collection.Store.OpenCurrentMapAsync(Cancel)).Newcomers);
        await AddFilmAsync("b", 25);
        var receipt = (await trainer.UpdateAsync("c", _told, Cancel))!;
        var newcomers = (await _collection.Store.OpenCurrentMapAsync(Cancel)).Newcomers!;
        Assert.Equal(25, newcomers.Frames);
        Assert.Equal(
            newcomers.Lost > Newcomers.MostLost,
            receipt.Note?.Contains("atlas train -c c brings back", StringComparison.Ordinal) == true
        );
        await trainer.TrainAsync("c", Request(), _told, Cancel);
        Assert.Null((await _collection.Store.OpenCurrentMapAsync(Cancel)).Newcomers);
    }

    [Fact]
    public async Task The_same_training_again_fits_gathers_and_places_nothing_new()
    {
        await AddFilmAsync("a", 60);
        var dispatcher = Working();
        var trainer = new CollectionTrainer(_collection.Context, dispatcher);
        var first = await trainer.TrainAsync("c", Request(), _told, Cancel);
        var again = await trainer.TrainAsync("c", Request(), _told, Cancel);
        Assert.Equal(first with { New = false }, again);
        Assert.Equal(1, _fits.Count);
        Assert.Single(dispatcher.Parts);
    }

    [Fact]
    public async Task Statistics_are_asked_of_the_dispatcher_and_every_epoch_is_told()
    {
        await AddFilmAsync("a", 60);
        var dispatcher = Working();
        await new CollectionTrainer(_collection.Context, dispatcher).TrainAsync("c", Request(), _told, Cancel);
        Assert.Single(dispatcher.Parts);
        Assert.Equal(["a"], dispatcher.Placed);
        Assert.Equal(["gather", "train", "train", "place"], _told.Reports.Select(report => report.Step));
    }

    [Fact]
    public async Task A_part_that_cannot_be_gathered_leaves_no_model_and_the_next_run_goes_on()
    {
        await AddFilmAsync("a", 60);
        var broken = new FakeDispatcher { Gather = (_, _) => throw new StoreException("The disk is full.") };
        var error = await Assert.ThrowsAsync<StoreException>(() =>
            new CollectionTrainer(_collection.Context, broken).TrainAsync("c", Request(), _told, Cancel)
        );
        Assert.Equal("The disk is full.", error.Message);
        Assert.Equal(0, _fits.Count);
        Assert.Equal(60, (await new CollectionTrainer(_collection.Context, Working()).TrainAsync("c", Request(), _told, Cancel)).Frames);
    }

    [Fact]
    public async Task New_films_are_placed_with_the_model_that_is_there_and_old_frames_stay()
    {
        await AddFilmAsync("b", 60);
        var trainer = new CollectionTrainer(_collection.Context, Working());
        var first = (await trainer.UpdateAsync("c", _told, Cancel))!;
        var before = await MapAsync(first);
        await AddFilmAsync("a", 10);
        var second = (await trainer.UpdateAsync("c", _told, Cancel))!;
        var after = await MapAsync(second);
        Assert.Equal((1, first.Model, 70), (_fits.Count, second.Model, after.Count));
        Assert.Equal(["a", "b"], after.FilmIds);
        Assert.Equal(before.Positions, after.Positions[20..]);
    }

    [Fact]
    public async Task Another_training_begins_with_the_places_that_are_shown_unless_it_is_to_begin_anew()
    {
        await AddFilmAsync("a", 60);
        var trainer = new CollectionTrainer(_collection.Context, Working());
        var first = await trainer.TrainAsync("c", Request(seed: 1), _told, Cancel);
        var second = await trainer.TrainAsync("c", Request(seed: 2), _told, Cancel);
        var anew = await trainer.TrainAsync("c", Request(seed: 3) with { Anew = true }, _told, Cancel);
        Assert.Equal([null, first.Model, null], await Task.WhenAll(StartOf(first), StartOf(second), StartOf(anew)));
        Assert.Equal([0, 120, 0], _fits.OldPlaces);
    }

    [Fact]
    public async Task Placing_needs_a_map()
    {
        await AddFilmAsync("a", 60);
        var error = await Assert.ThrowsAsync<NotFoundException>(() =>
            new CollectionTrainer(_collection.Context, Working()).PlaceAsync("c", new PlaceRequest(), _told, Cancel)
        );
        Assert.Equal("Collection 'c' has no map yet; make one with: atlas train -c c", error.Message);
    }

    private TrainRequest Request(int seed = 1) => new(_collection.Store.Settings.Training with { Seed = seed });

    private async Task AddFilmAsync(string id, int frames)
    {
        await _collection.AddFilmAsync(id, segments: 1);
        await _collection.AddSegmentAsync(id, 0, frames);
    }

    private async Task<AtlasMap> MapAsync(MapReceipt map) =>
        await AtlasMap.ReadAsync(_collection.Store, await _collection.Store.OpenMapAsync(map.Version, Cancel), Cancel);

    private async Task<string?> StartOf(MapReceipt map) => (await FittedModel.ReadAsync(_collection.Store, map.Model, Cancel))!.Info.Start;

    // The real work, asked for through a dispatcher that counts.
    private FakeDispatcher Working()
    {
        var (worker, placer) = (new StatisticsWorker(_collection.Context), new FramePlacer(_collection.Context));
        return new FakeDispatcher
        {
            Gather = (part, cancel) => worker.GatherAsync("c", part, cancel),
            Place = (id, model, cancel) => placer.PlaceAsync("c", id, model, cancel),
        };
    }

    private sealed class CountingTrainer : IAutoencoderTrainer
    {
        private readonly AutoencoderTrainer _real = new();

        public string Name => _real.Name;

        public int Count => OldPlaces.Count;

        /// <summary>Numbers of the old places that each training began with.</summary>
        public List<int> OldPlaces { get; } = [];

        public TrainedModel Train(
            TrainingSet set,
            TrainingOptions options,
            Action<EpochReport>? onEpoch,
            CancellationToken cancellationToken
        )
        {
            OldPlaces.Add(set.Old.Length);
            return _real.Train(set, options, onEpoch, cancellationToken);
        }
    }
}
