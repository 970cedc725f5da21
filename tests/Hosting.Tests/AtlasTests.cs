using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Hosting;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>Opening collections through the front door.</summary>
public sealed class AtlasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_collection_that_is_there_must_be_as_it_is_asked_for()
    {
        await using var atlas = await OpenAsync();
        var made = await atlas.GetOrCreateAsync("films", new CollectionRequest(new Sampling { FramesPerSecond = 2 }), Cancel);
        Assert.Equal(2, made.Store.Settings.Sampling.FramesPerSecond);

        var asItIs = await atlas.GetOrCreateAsync("films", null, Cancel);
        Assert.Equal(made.Store.Settings, asItIs.Store.Settings);
        var error = await Assert.ThrowsAsync<AtlasException>(() =>
            atlas.GetOrCreateAsync("films", new CollectionRequest(new Sampling { FramesPerSecond = 3 }), Cancel)
        );
        Assert.StartsWith("Collection 'films' was made with --fps 2, which stays;", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("films\n")]
    public async Task A_name_that_cannot_be_a_folder_is_refused(string name)
    {
        await using var atlas = await OpenAsync();

        var error = await Assert.ThrowsAsync<AtlasException>(() => atlas.GetOrCreateAsync(name, null, Cancel));
        Assert.Contains("has other characters than letters", error.Message);
        Assert.Null(await atlas.FindAsync(name, Cancel));
    }

    [Fact]
    public async Task A_collection_into_which_nothing_came_can_be_taken_back()
    {
        await using var atlas = await OpenAsync();
        await (await atlas.GetOrCreateAsync("films", null, Cancel)).DiscardIfNewAsync(Cancel);
        Assert.Null(await atlas.FindAsync("films", Cancel));

        await atlas.GetOrCreateAsync("films", null, Cancel);
        await (await atlas.GetOrCreateAsync("films", null, Cancel)).DiscardIfNewAsync(Cancel);
        Assert.NotNull(await atlas.FindAsync("films", Cancel));
    }

    [Fact]
    public async Task A_new_collection_with_a_film_in_it_is_not_taken_back()
    {
        await using var atlas = await OpenAsync();
        var films = await atlas.GetOrCreateAsync("films", null, Cancel);
        await films.Store.UpdateVideoAsync("film", _ => new VideoRecord { Id = "film", Sources = [] }, Cancel);
        await films.DiscardIfNewAsync(Cancel);
        Assert.NotNull(await atlas.FindAsync("films", Cancel));
    }

    [Theory]
    [InlineData(7.0, null)]
    [InlineData(null, null)]
    [InlineData(0.5, 2.0)]
    [InlineData(null, -1.0)]
    public async Task A_sampling_that_cannot_be_is_refused(double? keep, double? framesPerSecond)
    {
        await using var atlas = await OpenAsync();
        var request = new CollectionRequest(new Sampling { Keep = keep, FramesPerSecond = framesPerSecond });
        var error = await Assert.ThrowsAsync<AtlasException>(() => atlas.GetOrCreateAsync("films", request, Cancel));
        Assert.Contains("cannot be; give either a share", error.Message);
        Assert.Null(await atlas.FindAsync("films", Cancel));
    }

    [Fact]
    public async Task What_needs_a_map_says_that_there_is_none()
    {
        await using var atlas = await OpenAsync();
        var films = await atlas.GetOrCreateAsync("films", null, Cancel);

        var error = await Assert.ThrowsAsync<NotFoundException>(() => films.FindSimilarAsync("film.mp4", 3, Cancel));
        Assert.Contains("Collection 'films' has no map yet", error.Message);
        await Assert.ThrowsAsync<NotFoundException>(() => films.TrainAsync(null, null, Cancel));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_named()
    {
        await using var atlas = await OpenAsync();
        var films = await atlas.GetOrCreateAsync("films", null, Cancel);

        var error = await Assert.ThrowsAsync<NotFoundException>(() => films.IndexAsync([_folder["nowhere"]], null, Cancel));
        Assert.Contains("nowhere is not there; name a film, a photo or a folder of them", error.Message);
    }

    [Fact]
    public async Task Runs_of_a_collection_follow_one_another_and_end_with_the_atlas()
    {
        var runs = new RunningWork();
        var (first, order) = (new TaskCompletionSource(), new List<string>());
        var one = runs.RunAsync(
            "films",
            async _ =>
            {
                await first.Task;
                order.Add("one");
                return 1;
            },
            Cancel
        );
        var two = runs.RunAsync(
            "films",
            async stop =>
            {
                order.Add("two");
                await Task.Delay(Timeout.Infinite, stop);
                return 2;
            },
            Cancel
        );
        Assert.Equal(3, await runs.RunAsync("photos", _ => Task.FromResult(3), Cancel));
        Assert.Empty(order);
        first.SetResult();
        await one;

        await runs.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal("one", order[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runs.RunAsync("films", _ => Task.FromResult(4), Cancel));
    }

    private Task<Hosting.Atlas> OpenAsync() =>
        Hosting.Atlas.OpenAsync(
            new ServiceCollection().AddSingleton<IModelCatalog, OneModel>(),
            options => options.Store = _folder["store"],
            Cancel
        );

    /// <summary>A model that is known and never opened: nothing is described here.</summary>
    private sealed class OneModel : IModelCatalog
    {
        public Task<ModelPin> FindAsync(string? nameOrFile, CancellationToken cancellationToken) =>
            Task.FromResult(new ModelPin("one", new string('1', 64), 96, 2));

        public Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken) =>
            Task.FromResult(new Profile("ffmpeg", "libvips", "none", "cpu", "float32"));

        public InferenceQueue QueueFor(CollectionSettings settings) => throw new ModelException("Nothing is described here.");
    }
}
