using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains;

/// <summary>Puts the grains into a silo, which brings <see cref="Tools"/> and <see cref="IModels"/>.</summary>
public static class GrainHosting
{
    // Twice the longest question: an answer that takes longer is lost.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);

    /// <summary>Grains, messages, placement and the search for unfinished jobs.</summary>
    /// <param name="silo">The silo being built.</param>
    /// <param name="gpu">Whether it describes on a GPU.</param>
    public static ISiloBuilder AddAtlasGrains(this ISiloBuilder silo, bool gpu)
    {
        silo.UseSiloMetadata(new Dictionary<string, string> { [PreferGpu.Key] = gpu ? "true" : "false" });
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = LostAfter);
        silo.Configure<SiloMessagingOptions>(options => options.SystemResponseTimeout = LostAfter);
        var services = silo.Services;
        services.AddSerializer(serializer => serializer.AddAtlasMessages());
        services.AddPlacementDirector<Spread, SpreadDirector>();
        services.AddPlacementFilter<PreferGpu, PreferGpuDirector>(ServiceLifetime.Singleton);
        services.AddSingleton<IActors, GrainActors>();
        services.AddSingleton<Placer>();
        services.TryAddSingleton(new Patience());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SegmentWork>(provider => ActivatorUtilities.CreateInstance<SegmentWorker>(provider).RunAsync);
        services.AddHostedService<JobWaker>();
        return silo;
    }
}
