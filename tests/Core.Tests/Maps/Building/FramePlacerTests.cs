using Microsoft.Extensions.Logging.Abstractions;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Maps.Building;

public sealed class FramePlacerTests : IDisposable
{
    private const string Film = "film";
    private const string Model = "model";
    private const int Dimensions = 4;
    private const int Frames = 3;

    private readonly TemporaryFolder _folder = new();
    private WorkContext? _context;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _context?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_model_that_was_not_there_yet_is_looked_for_again()
    {
        var (placer, collection) = await OpenAsync();
        var error = await Assert.ThrowsAsync<NotFoundException>(() => placer.PlaceAsync("c", Film, Model, Cancel));
        Assert.Contains("Model model of collection 'c' is not there", error.Message);

        await AddModelAsync(collection);

        Assert.Equal(Frames, await placer.PlaceAsync("c", Film, Model, Cancel));
        Assert.Equal(0, await placer.PlaceAsync("c", Film, Model, Cancel));
    }

    [Fact]
    public async Task A_model_that_could_not_be_read_is_read_again()
    {
        var (placer, collection) = await OpenAsync();
        await AddModelAsync(collection);
        var basis = _folder[collection.Names.Model(Model, "pca.npy").Split('/')];
        File.Move(basis, basis + ".away");
        await Assert.ThrowsAsync<DamagedArtifactException>(() => placer.PlaceAsync("c", Film, Model, Cancel));

        File.Move(basis + ".away", basis);

        Assert.Equal(Frames, await placer.PlaceAsync("c", Film, Model, Cancel));
    }

    // A film of one segment, described and not placed.
    private async Task<(FramePlacer FramePlacer, CollectionStore Collection)> OpenAsync()
    {
        var store = LocalStore.Open(_folder.Path, write: true);
        var collection = await CollectionStore.CreateAsync(
            store,
            new CollectionSettings
            {
                Name = "c",
                Sampling = new Sampling { FramesPerSecond = 1 },
                Model = new ModelPin("none", new string('0', 64), 8, Dimensions),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            Cancel
        );
        var features = Npy.ToBytes<Half>(new Half[Frames * Dimensions], Frames, Dimensions);
        await store.TryAddAsync(collection.Names.Times(Film, 0), Npy.ToBytes<double>(new double[Frames], Frames), Cancel);
        await store.TryAddAsync(collection.Names.Frames(Film, 0, ".jpgs"), FramePack.ToBytes([]), Cancel);
        await store.TryAddAsync(collection.Names.Features(Film, 0), features, Cancel);
        return (new FramePlacer(Context(store)), collection);
    }

    private static Task AddModelAsync(CollectionStore collection)
    {
        var code = new PcaEmbedder(2, 1);
        var info = new ModelInfo
        {
            Version = Model,
            Method = "pca",
            Frames = Frames,
            Components = 2,
            VarianceKept = 1,
            Options = new TrainingOptions(),
            Files = [.. code.ToFiles().Keys],
        };
        var basis = new PcaBasis(new double[Dimensions], [1, 0, 0, 0, 0, 1, 0, 0], [1, 1], 2);
        return new FittedModel(info, basis, code).WriteAsync(collection, Cancel);
    }

    private WorkContext Context(LocalStore store) =>
        _context = new WorkContext(
            store,
            new FfmpegTools
            {
                Ffmpeg = "ffmpeg",
                Ffprobe = "ffprobe",
                Version = "none",
            },
            null!,
            null!,
            new ManagedMatrixProduct(),
            new AutoencoderTrainer(),
            new WorkOptions { Threads = 1 },
            new Ledger(TimeProvider.System),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
}
