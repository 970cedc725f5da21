using System.Diagnostics;
using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Web;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>A store with one collection, made from real films, or grown by them, by the real engine.</summary>
internal static class TestStore
{
    public const string Collection = "clips";

    /// <param name="folder">Of the store.</param>
    /// <param name="framesPerSecond">Frames kept.</param>
    /// <param name="paths">Films.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="shards">More than 1: as so many processes that share the films would, which make no map.</param>
    public static async Task<LocalStore> IndexAsync(
        string folder,
        double framesPerSecond,
        IReadOnlyList<string> paths,
        CancellationToken cancel,
        int shards = 1
    )
    {
        var ffmpeg = Assert.IsType<FfmpegLookup.Found>(await FfmpegTools.FindAsync(cancel)).Tools;
        var store = LocalStore.Open(folder, write: true);
        var (images, ledger, describer) = (new VipsImageCodec(), new Ledger(TimeProvider.System), new ColourDescriber());
        using var queue = new InferenceQueue(() => describer, ledger);
        using var compute = new ComputePool(Environment.ProcessorCount);
        using var slots = new SemaphoreSlim(3);
        var engine = new LocalEngine(
            new WorkContext
            {
                Store = store,
                Images = images,
                Prober = new Prober(ffmpeg, images),
                Decoder = new FilmDecoder(ffmpeg, images),
                Describer = queue,
                MatrixProduct = new ManagedMatrixProduct(),
                Compute = compute,
                Ledger = ledger,
                SegmentSlots = slots,
                FilmsInFlight = 4,
                Clock = TimeProvider.System,
            }
        );
        if (await CollectionStore.OpenAsync(store, Collection, cancel) is null)
        {
            await CollectionStore.CreateAsync(
                store,
                new CollectionSettings
                {
                    Name = Collection,
                    Sampling = new Sampling { FramesPerSecond = framesPerSecond },
                    Model = new ModelPin("colours", "none", describer.Card.InputSize, Descriptor.Dimensions(describer.Card)),
                    Profile = new Profile(ffmpeg.Version, images.Version, describer.Runtime, describer.Provider, "float32"),
                },
                cancel
            );
        }

        for (var shard = 0; shard < shards; shard++)
        {
            var report = await engine.IndexAsync(
                Collection,
                new IndexRequest
                {
                    Paths = paths,
                    Shard = shard,
                    Shards = shards,
                },
                new Progress<ProgressReport>(),
                cancel
            );
            Assert.Equal(shards == 1, report.Map is not null);
        }

        return store;
    }

    public static async Task<WebMapOptions> OptionsAsync(LocalStore store, string cache, CancellationToken cancel) =>
        new()
        {
            Store = store,
            Images = new VipsImageCodec(),
            Ffmpeg = Assert.IsType<FfmpegLookup.Found>(await FfmpegTools.FindAsync(cancel)).Tools,
            CacheFolder = cache,
            Describer = _ => new ColourDescriber(),
            Port = 0,
        };

    public static async Task FfmpegAsync(CancellationToken cancel, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]) { RedirectStandardError = true }
        )!;
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, errors);
    }
}
