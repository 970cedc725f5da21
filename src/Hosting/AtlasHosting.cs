using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansAtlas.Azure;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Hosting.Models;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Onnx;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Hosting;

// Why: docs/decisions/composition-root.md
/// <summary>The one place where what the work is done with is put together: for the command, silos, the web map, tests and
/// benchmarks.</summary>
public static class AtlasHosting
{
    /// <summary>Adds <see cref="WorkContext"/>, <see cref="LocalEngine"/> and what they are made of. What is registered before
    /// stays.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="ffmpeg">Whether ffmpeg is here; where it is not, asking for what needs it throws <see cref="AtlasException"/>.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddOrleansAtlas(
        this IServiceCollection services,
        FfmpegLookup ffmpeg,
        Action<AtlasOptions>? configure = null
    )
    {
        services.AddOptions<AtlasOptions>().Configure(options => configure?.Invoke(options));
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ffmpeg);
        services.TryAddSingleton(_ =>
            ffmpeg switch
            {
                FfmpegLookup.Found found => found.Tools,
                FfmpegLookup.Missing missing => throw new AtlasException(missing.Reason),
                _ => throw new InvalidOperationException("Not reached."),
            }
        );
        services.TryAddSingleton<IArtifactStore>(provider =>
            Stores.Open(provider.Atlas().Store, write: true, provider.GetService<ILoggerFactory>())
        );
        services.TryAddSingleton<IRemoteFilms>(_ => new RemoteFilms());
        services.TryAddSingleton<IImageCodec, VipsImageCodec>();
        services.TryAddSingleton<IMatrixProduct, OnnxMatrixProduct>();
        services.TryAddSingleton<IAutoencoderTrainer>(provider => new ChosenTrainer(
            provider.Atlas().Trainer,
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services.TryAddSingleton(provider => new Ledger(provider.GetRequiredService<TimeProvider>(), provider.Atlas().Work.SegmentSlots));
        services.TryAddSingleton<IModelSource>(provider =>
            provider.Atlas() is { Models: { } names }
                ? ListedModels.Find(names)
                : ActivatorUtilities.CreateInstance<LibraryModels>(provider, provider.Atlas())
        );
        services.TryAddSingleton<OnnxModelCatalog>();
        services.TryAddSingleton<IModelCatalog>(provider => provider.GetRequiredService<OnnxModelCatalog>());
        services.TryAddSingleton(provider => provider.Atlas().Work);
        services.TryAddSingleton<WorkContext>();
        services.TryAddSingleton<LocalEngine>();
        return services;
    }

    private static AtlasOptions Atlas(this IServiceProvider services) => services.GetRequiredService<IOptions<AtlasOptions>>().Value;
}
