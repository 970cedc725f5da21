using OrleansAtlas.Contracts;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>New maps are heard of on every silo; what was not announced is found in the store.</summary>
public sealed class AnnouncementTests : IDisposable
{
    private static readonly TrainRequest Training = new(
        new TrainingOptions
        {
            Seed = 2,
            Epochs = 2,
            LayoutSteps = 20,
        }
    );

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_silo_hears_of_a_map_that_one_of_them_made()
    {
        var ears = new Ears(drops: false);
        await using var cluster = await Cluster.StartAsync(_folder, silo: silo => silo.AddIncomingGrainCallFilter(ears));
        var map = await MadeAsync(cluster);

        await Cluster.UntilAsync(() => ears.Heard.Count == 2);
        Assert.All(
            ears.Heard,
            heard => Assert.Equal((Cluster.Name, map.Version, map.Model, 48), (heard.Collection, heard.Version, heard.Model, heard.Frames))
        );
        var news = await News(cluster).NextAsync(Cluster.Name, null, Cancel);
        Assert.Equal(map.Version, news.Map!.Version);
    }

    [Fact]
    public async Task Who_asks_before_is_told_when_it_comes_and_who_knows_it_is_told_nothing()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        var first = await MadeAsync(cluster);
        Assert.Null((await News(cluster).NextAsync(Cluster.Name, first.Version, Cancel)).Map);
        Assert.Null((await News(cluster).NextAsync("no-collection", null, Cancel)).Map);

        var waits = TellAsync(cluster, first.Version);
        await cluster.Collection.RetrainAsync(Training, Cancel);
        var second = (await cluster.EndAsync(2))[^1].Report!.Map!;

        Assert.Equal(second.Version, (await waits).Version);
    }

    [Fact]
    public async Task A_map_whose_announcement_was_lost_is_found_in_the_store()
    {
        var ears = new Ears(drops: true);
        await using var cluster = await Cluster.StartAsync(_folder, silo: silo => silo.AddIncomingGrainCallFilter(ears));
        var first = await MadeAsync(cluster);

        var waits = TellAsync(cluster, first.Version);
        await cluster.Collection.RetrainAsync(Training, Cancel);
        var job = (await cluster.EndAsync(2))[^1];

        Assert.Equal(job.Report!.Map!.Version, (await waits).Version);
        Assert.Equal(JobState.Done, job.State);
        Assert.True(ears.Dropped >= 2, $"{ears.Dropped} announcements were dropped.");
    }

    private static IMapNewsGrain News(Cluster cluster) => cluster.Grains.GetGrain<IMapNewsGrain>(0);

    private static async Task<MapReceipt> MadeAsync(Cluster cluster)
    {
        await cluster.Library.AddFilmsAsync(4, 3, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        return (await cluster.EndAsync()).Report!.Map!;
    }

    private static async Task<MapAnnouncement> TellAsync(Cluster cluster, string known)
    {
        while (true)
        {
            if ((await News(cluster).NextAsync(Cluster.Name, known, Cancel)).Map is { } map)
            {
                return map;
            }
        }
    }

    /// <summary>Sees what is announced to silos, and may keep it from them.</summary>
    private sealed class Ears(bool drops) : IIncomingGrainCallFilter
    {
        private readonly List<MapAnnouncement> _heard = [];
        private int _dropped;

        public IReadOnlyList<MapAnnouncement> Heard
        {
            get
            {
                lock (_heard)
                {
                    return [.. _heard];
                }
            }
        }

        public int Dropped => Volatile.Read(ref _dropped);

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName != "OnPublished")
            {
                return context.Invoke();
            }

            if (drops)
            {
                Interlocked.Increment(ref _dropped);
                return Task.CompletedTask;
            }

            lock (_heard)
            {
                _heard.Add((MapAnnouncement)context.Request.GetArgument(1)!);
            }

            return context.Invoke();
        }
    }
}
