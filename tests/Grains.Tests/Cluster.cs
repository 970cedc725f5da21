using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using Orleans.TestingHost;
using OrleansAtlas.Contracts;
using OrleansAtlas.Features;
using OrleansAtlas.Grains;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Hosting;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>Two silos of real Orleans in this process, over one folder, with a library whose segments the test works on.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int Slots = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly FfmpegTools NoFfmpeg = new()
    {
        Ffmpeg = "ffmpeg",
        Ffprobe = "ffprobe",
        Version = "none",
    };

    private readonly InProcessTestCluster _cluster;
    private readonly ConcurrentBag<(string Silo, SegmentTask Task)> _begun = [];

    private Cluster(
        string store,
        string films,
        Func<string, bool> gpu,
        Func<Cluster, string, SegmentTask, CancellationToken, Task<SegmentReceipt>>? work,
        Action<ISiloBuilder>? silo,
        int segmentsPerFilm
    )
    {
        Store = LocalStore.Open(store, write: true);
        Library = new Library(Store, films, Name);
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo(
            (options, host) =>
            {
                host.Services.AddSingleton(
                    new WorkTimeouts
                    {
                        Question = TimeSpan.FromMilliseconds(500),
                        Unasked = TimeSpan.FromSeconds(3),
                        Slot = TimeSpan.FromMilliseconds(300),
                        Grace = TimeSpan.FromSeconds(2),
                        Wake = TimeSpan.FromSeconds(1),
                        Unable = TimeSpan.FromSeconds(2),
                    }
                );
                host.Services.AddSingleton<IModelCatalog, NoModels>();
                host.Services.AddSingleton<IArtifactStore>(Store);
                host.Services.AddOrleansAtlas(
                    new FfmpegLookup.Missing("Nothing is decoded here."),
                    atlas => (atlas.Work.SegmentSlots, atlas.Work.FilmsInFlight, atlas.Work.SegmentsPerFilm) = (Slots, 8, segmentsPerFilm)
                );
                host.Services.Replace(ServiceDescriptor.Singleton(NoFfmpeg));
                host.Services.AddSingleton<SegmentWork>(
                    (task, cancel) =>
                    {
                        _begun.Add((options.SiloName, task));
                        return work is null ? Library.StoreAsync(task, cancel) : work(this, options.SiloName, task, cancel);
                    }
                );
                host.AddAtlasGrains(gpu(options.SiloName), Slots);
                host.Configure<ClusterMembershipOptions>(membership =>
                {
                    membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                    membership.NumVotesForDeathDeclaration = 1;
                });
                silo?.Invoke(host);
            }
        );
        builder.ConfigureClient(client => client.Services.AddSerializer(serializer => serializer.AddAtlasMessages()));
        _cluster = builder.Build();
    }

    public const string Name = "films";

    public LocalStore Store { get; }

    public Library Library { get; }

    public InProcessTestCluster Silos => _cluster;

    public IGrainFactory Grains => _cluster.Client;

    public ICollectionGrain Collection => Grains.GetGrain<ICollectionGrain>(Name);

    /// <summary>Segments that were begun, and where.</summary>
    public IReadOnlyCollection<(string Silo, SegmentTask Task)> Begun => _begun;

    public static async Task<Cluster> StartAsync(
        TemporaryFolder folder,
        Func<Cluster, string, SegmentTask, CancellationToken, Task<SegmentReceipt>>? work = null,
        Func<string, bool>? gpu = null,
        Action<ISiloBuilder>? silo = null,
        int segmentsPerFilm = 2
    )
    {
        var cluster = new Cluster(folder["store"], folder["films"], gpu ?? (_ => false), work, silo, segmentsPerFilm);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Waits for the end of the job.</summary>
    public async Task<Job> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var job = await JobStore.ReadAsync(Store, Name, limit.Token);
            if (job is { State: not JobState.Running })
            {
                return job;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Waits until the job of a number, and so those before it, has ended.</summary>
    public async Task<IReadOnlyList<Job>> EndAsync(int number)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var book = await JobStore.BookAsync(Store, Name, limit.Token);
            if (book is { Last.State: not JobState.Running } && book.Last.Number >= number)
            {
                return book.All;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
