using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Maps;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Adds the grains to a silo, which must register <see cref="WorkContext"/>.</summary>
public static class GrainHosting
{
    // Three times the longest call (WorkTimeouts.Question): an answer that takes longer counts as lost.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);

    // Grains of segments are called for seconds; the default size would keep the addresses of a million of them.
    private const int PlacesKept = 1 << 14;

    /// <summary>Adds grains, messages, placement and the recovery of running jobs.</summary>
    /// <param name="silo">The silo being built.</param>
    /// <param name="gpu">Whether it describes frames on a GPU.</param>
    /// <param name="slots">Number of segments that it processes at once.</param>
    public static ISiloBuilder AddAtlasGrains(this ISiloBuilder silo, bool gpu, int slots)
    {
        silo.UseSiloMetadata(
            new Dictionary<string, string>
            {
                [PreferGpu.Key] = gpu ? "true" : "false",
                [InFlightTracker.SlotsKey] = slots.ToString(CultureInfo.InvariantCulture),
            }
        );
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = LostAfter);
        silo.Configure<SiloMessagingOptions>(options => options.SystemResponseTimeout = LostAfter);
        silo.Configure<GrainDirectoryOptions>(options => options.CacheSize = PlacesKept);
        var services = silo.Services;
        services.AddSerializer(serializer => serializer.AddAtlasMessages());
        services.AddSingleton(provider => new InFlightTracker(provider.GetRequiredService<ISiloMetadataCache>(), slots));
        services.AddGrainDirectory<NoDirectory>(NoDirectory.Name, (_, _) => new NoDirectory());
        services.AddPlacementDirector<LeastLoadedPlacement, LeastLoadedDirector>();
        services.AddPlacementFilter<SkipRefusers, SkipRefusersDirector>(ServiceLifetime.Singleton);
        services.AddPlacementFilter<PreferGpu, PreferGpuDirector>(ServiceLifetime.Singleton);
        services.AddPlacementDirector<OnItsSiloPlacement, OnItsSiloDirector>();
        silo.AddBroadcastChannel(MapChannel.Provider, options => options.FireAndForgetDelivery = false);
        services.AddSingleton<MapBoard>();
        services.AddSingleton<MapChannel>();
        services.AddSingleton<IWorkDispatcher, GrainDispatcher>();
        services.AddSingleton<FramePlacer>();
        services.TryAddSingleton(new WorkTimeouts());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SegmentWork>(provider => ActivatorUtilities.CreateInstance<SegmentWorker>(provider).RunAsync);
        services.AddHostedService<JobRecoveryService>();
        return silo;
    }
}
