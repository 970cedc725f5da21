using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Features;
using OrleansAtlas.Hosting;
using OrleansAtlas.Images;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
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
        var store = LocalStore.Open(folder, write: true);
        await using var atlas = await OpenAsync(store, cancel);
        var collection = await atlas.GetOrCreateAsync(
            Collection,
            new CollectionRequest(new Sampling { FramesPerSecond = framesPerSecond }),
            cancel
        );
        for (var shard = 0; shard < shards; shard++)
        {
            var report = await collection.IndexAsync(
                new IndexRequest
                {
                    Paths = paths,
                    Shard = shard,
                    Shards = shards,
                },
                null,
                cancel
            );
            Assert.Equal(shards == 1, report.Map is not null);
        }

        return store;
    }

    /// <summary>Puts together what the work is done with, on this store.</summary>
    public static Task<Atlas> OpenAsync(LocalStore store, CancellationToken cancel) =>
        Atlas.OpenAsync(
            new ServiceCollection().AddSingleton<IArtifactStore>(store).AddSingleton<IModelCatalog, ColourCatalog>(),
            null,
            cancel
        );

    public static async Task<WebMapOptions> OptionsAsync(LocalStore store, string cache, CancellationToken cancel) =>
        new()
        {
            Store = store,
            Images = new VipsImageCodec(),
            Work = (await OpenAsync(store, cancel)).Work,
            CacheFolder = cache,
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
