using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Silo;

/// <summary>What the actors of this silo work with.</summary>
internal static class ToolHosting
{
    public static async Task AddToolsAsync(this WebApplicationBuilder builder) =>
        builder
            .Services.AddSingleton(await FfmpegTools.FindAsync(CancellationToken.None))
            .AddSingleton(services => ((FfmpegLookup.Found)services.GetRequiredService<FfmpegLookup>()).Tools)
            .AddSingleton<IArtifactStore>(services => LocalStore.Open(services.Settings().Store, write: true))
            .AddSingleton(services => SiloModels.Find(services.Settings()))
            .AddSingleton(services => services.Settings().Patience)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(services => new Ledger(services.GetRequiredService<TimeProvider>()))
            .AddSingleton<IImageCodec, VipsImageCodec>()
            .AddSingleton<OnnxMatrixProduct>()
            .AddSingleton<OnnxModelCatalog>()
            .AddSingleton<IModelCatalog>(services => services.GetRequiredService<OnnxModelCatalog>())
            .AddSingleton(new ComputePool(Environment.ProcessorCount))
            .AddSingleton(Create);

    private static WorkContext Create(IServiceProvider services)
    {
        var (settings, ledger) = (services.Settings(), services.GetRequiredService<Ledger>());
        var (ffmpeg, images) = (services.GetRequiredService<FfmpegTools>(), services.GetRequiredService<IImageCodec>());
        return new WorkContext
        {
            Store = services.GetRequiredService<IArtifactStore>(),
            Images = images,
            Prober = new Prober(ffmpeg, images),
            Decoder = new FilmDecoder(ffmpeg, images),
            Describer = new InferenceQueue(() => throw new ModelException("A silo describes with its collections' models."), ledger),
            MatrixProduct = services.GetRequiredService<OnnxMatrixProduct>(),
            Compute = services.GetRequiredService<ComputePool>(),
            Ledger = ledger,
            SegmentSlots = new SemaphoreSlim(settings.SlotsOrDefault),
            FilmsInFlight = settings.FilmsInFlight,
            SegmentsPerFilm = settings.SegmentsPerFilm,
            PartsInFlight = 8,
            Clock = services.GetRequiredService<TimeProvider>(),
        };
    }
}
