using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Images;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

public sealed class SiloTests : IDisposable
{
    private static readonly string[] Computed = [".npy", "map.json", "versions.json"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Films_go_on_when_a_silo_goes(bool gracefully)
    {
        // The silo goes while it has segments in hand. Two of each film are done before: the planner itself would make one of these films,
        // so a film with one would be taken for complete by a job that is continued.
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, _, task, cancel) =>
            {
                await (task.Segment > 1 ? gone.Task.WaitAsync(cancel) : Task.CompletedTask);
                return await c.Library.StoreAsync(task, cancel);
            }
        );
        await cluster.Library.AddFilmsAsync(6, 6, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var silo = cluster.Silos.Silos[1];
        await Cluster.UntilAsync(() => cluster.Begun.Any(begun => begun.Silo == silo.Name && begun.Task.Segment > 1));

        await (gracefully ? cluster.Silos.StopSiloAsync(silo) : cluster.Silos.KillSiloAsync(silo));
        Assert.Equal(JobState.Running, (await JobStore.ReadAsync(cluster.Store, Cluster.Name, Cancel))!.State);
        gone.SetResult();
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 6, 144L), (job.State, job.Report!.Films, job.Report.Frames));
    }

    [Fact]
    public async Task A_full_worker_gives_its_segments_to_others()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) => silo == "Silo_0" ? Busy(task) : await c.Library.StoreAsync(task, cancel)
        );
        await cluster.Library.AddFilmsAsync(4, 4, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 64L), (job.State, job.Report!.Frames));
        Assert.Equal(16, cluster.Begun.Count(begun => begun.Silo == "Silo_1"));
        Assert.InRange(cluster.Begun.Count(begun => begun.Silo == "Silo_0"), 1, 16);
    }

    [Fact]
    public async Task Segments_wait_while_all_silos_are_full()
    {
        var full = true;
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) => Volatile.Read(ref full) ? Busy(task) : await c.Library.StoreAsync(task, cancel)
        );
        await cluster.Library.AddFilmsAsync(1, 4, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await Cluster.UntilAsync(() => cluster.Begun.GroupBy(begun => begun.Task.Segment).Count(segment => segment.Count() > 2) >= 2);
        Volatile.Write(ref full, false);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 16L), (job.State, job.Report!.Frames));
    }

    [Fact]
    public async Task A_segment_goes_to_a_silo_that_is_able_to_do_it()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) =>
                silo == "Silo_0" ? Busy(task, "There is no such model here.") : await c.Library.StoreAsync(task, cancel)
        );
        await cluster.Library.AddFilmsAsync(2, 2, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 16L), (job.State, job.Report!.Frames));
    }

    [Fact]
    public async Task A_film_that_no_silo_is_able_to_do_fails_with_their_reason()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            (c, silo, task, cancel) => Task.FromResult(Busy(task, "There is no such model here."))
        );
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, "There is no such model here."), (job.State, Assert.Single(job.Report!.Failed).Reason));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_nothing_is_counted_twice()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            silo: silo => silo.Services.AddSingleton<IOutgoingGrainCallFilter, LosesFirstAnswers>()
        );
        await cluster.Library.AddFilmsAsync(3, 3, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 3, 36L), (job.State, job.Report!.Films, job.Report.Frames));
        Assert.Equal(18, cluster.Begun.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_film_has_as_many_segments_under_way_as_it_may(int most)
    {
        var (now, peak) = (0, 0);
        var counting = new Lock();
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) =>
            {
                lock (counting)
                {
                    peak = Math.Max(peak, ++now);
                }

                // The first ones wait for one another.
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                while (Volatile.Read(ref peak) < most && !limit.IsCancellationRequested)
                {
                    await Task.Delay(10, cancel);
                }

                lock (counting)
                {
                    now--;
                }

                return await c.Library.StoreAsync(task, cancel);
            },
            segmentsPerFilm: most
        );
        await cluster.Library.AddFilmsAsync(1, 12, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 48L, most), (job.State, job.Report!.Frames, peak));
    }

    [Fact]
    public async Task Segments_spread_over_the_silos()
    {
        await using var cluster = await Cluster.StartAsync(_folder, SlowlyAsync);
        await cluster.Library.AddFilmsAsync(20, 5, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        Assert.All(cluster.Begun.GroupBy(begun => begun.Silo), silo => Assert.InRange(silo.Count(), 35, 65));
        Assert.Equal(100, cluster.Begun.Count);
    }

    [Fact]
    public async Task A_slow_silo_is_given_less()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) =>
            {
                await Task.Delay(silo == "Silo_0" ? 100 : 600, cancel);
                return await c.Library.StoreAsync(task, cancel);
            }
        );
        await cluster.Library.AddFilmsAsync(20, 5, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        Assert.Equal(100, cluster.Begun.Count);
        Assert.InRange(cluster.Begun.Count(begun => begun.Silo == "Silo_1"), 8, 35);
    }

    [Fact]
    public async Task Segments_prefer_the_silo_with_a_GPU()
    {
        await using var cluster = await Cluster.StartAsync(_folder, gpu: silo => silo == "Silo_1");
        await cluster.Library.AddFilmsAsync(4, 4, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        Assert.Equal(16, cluster.Begun.Count(begun => begun.Silo == "Silo_1"));
    }

    [Fact]
    public async Task Silos_without_a_GPU_take_what_the_one_with_it_has_no_place_for()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) =>
                silo == "Silo_1" && task.Segment % 2 == 0 ? Busy(task) : await c.Library.StoreAsync(task, cancel),
            gpu: silo => silo == "Silo_1"
        );
        await cluster.Library.AddFilmsAsync(4, 4, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 64L), (job.State, job.Report!.Frames));
        Assert.Equal((16, 8), (cluster.Begun.Count(begun => begun.Silo == "Silo_1"), cluster.Begun.Count(begun => begun.Silo == "Silo_0")));
    }

    [Fact]
    public async Task Placing_with_a_model_that_is_not_there_fails_with_a_reason()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        await cluster.Library.AddFilmsAsync(2, 1, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        var poll = await cluster.Grains.GetGrain<IVideoGrain>($"{Cluster.Name}/{Library.IdOf(0)}").PlaceAsync("gone", Cancel);

        Assert.Equal(OperationState.Failed, poll.State);
        Assert.Contains("gone", poll.Reason);
    }

    [Fact]
    public async Task Two_clusters_that_do_not_see_each_other_do_no_harm_on_one_store()
    {
        using var alone = new TemporaryFolder();
        await using (var cluster = await Cluster.StartAsync(alone, SlowlyAsync))
        {
            await cluster.Library.AddFilmsAsync(4, 4, Cancel);
            await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
            await cluster.EndAsync();
        }

        await using var left = await Cluster.StartAsync(_folder, SlowlyAsync);
        await using var right = await Cluster.StartAsync(_folder, SlowlyAsync);
        await left.Library.AddFilmsAsync(4, 4, Cancel);
        await left.Collection.SubmitAsync(left.Library.Submission, Cancel);
        await right.Collection.SubmitAsync(left.Library.Submission, Cancel);
        await Cluster.UntilAsync(() => left.Begun.Count > 0 && right.Begun.Count > 0);
        var job = await left.EndAsync();
        await right.Silos.StopAllSilosAsync();
        await left.Silos.StopAllSilosAsync();

        Assert.Equal((JobState.Done, 64L), (job.State, job.Report!.Frames));
        Assert.Equal(Artifacts(alone["store"]), Artifacts(_folder["store"]));
    }

    // What the library's films are called differs with its folder; all that was computed must not.
    private static Dictionary<string, string> Artifacts(string store) =>
        Directory
            .EnumerateFiles(store, "*", SearchOption.AllDirectories)
            .Where(path => Computed.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
            .ToDictionary(path => Path.GetRelativePath(store, path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    private static SegmentReceipt Busy(SegmentTask task, string? reason = null) =>
        new(task.VideoId, task.Segment, WorkStatus.Busy, 0, reason);

    private static async Task<SegmentReceipt> SlowlyAsync(Cluster cluster, string silo, SegmentTask task, CancellationToken cancel)
    {
        await Task.Delay(150, cancel);
        return await cluster.Library.StoreAsync(task, cancel);
    }
}
