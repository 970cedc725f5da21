using Microsoft.Extensions.Options;
using OrleansAtlas.Hosting;
using OrleansAtlas.Hosting.Models;
using OrleansAtlas.Media;

namespace OrleansAtlas.Silo;

/// <summary>What this silo works with, from its settings.</summary>
internal static class WorkHosting
{
    // Parts are made by all silos, so one that asks for them has more under way than it could make.
    private const int PartsInFlight = 8;

    public static async Task AddWorkAsync(this WebApplicationBuilder builder)
    {
        builder.Services.AddOrleansAtlas(await FfmpegTools.FindAsync(CancellationToken.None));
        builder.Services.AddOptions<AtlasOptions>().Configure<IOptions<SiloSettings>>((options, settings) => Set(options, settings.Value));
        builder.Services.AddSingleton(services => (ListedModels)services.GetRequiredService<IModelSource>());
        builder.Services.AddSingleton(services => services.Settings().Timeouts);
    }

    private static void Set(AtlasOptions options, SiloSettings settings)
    {
        (options.Store, options.Models, options.Trainer) = (settings.Store, settings.Models, settings.Trainer);
        options.Work.SegmentSlots = settings.SlotsOrDefault;
        options.Work.FilmsInFlight = settings.FilmsInFlight;
        options.Work.SegmentsPerFilm = settings.SegmentsPerFilm;
        options.Work.PartsInFlight = PartsInFlight;
    }
}
