using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

public sealed class JobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_sent_twice_is_done_once()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        await cluster.Library.AddFilmsAsync(4, 3, Cancel);

        var first = await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var second = await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((Acceptance.Started, Acceptance.Joined), (first.Acceptance, second.Acceptance));
        Assert.Equal((JobState.Done, 4, 48L, 0), (job.State, job.Report!.Films, job.Report.Frames, job.Report.Failures));
        Assert.Equal(12, cluster.Begun.Count);
        Assert.Equal(48, job.Report.Map!.Frames);
    }

    [Fact]
    public async Task Another_job_at_the_same_time_waits_with_a_sentence_and_is_done_when_the_first_has_ended()
    {
        var go = new TaskCompletionSource();
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, _, task, cancel) =>
            {
                await go.Task.WaitAsync(cancel);
                return await c.Library.StoreAsync(task, cancel);
            }
        );
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);

        var options = new TrainingOptions { Epochs = 2, LayoutSteps = 20 };
        var training = await cluster.Collection.RetrainAsync(new TrainRequest(options), Cancel);
        var again = await cluster.Collection.RetrainAsync(new TrainRequest(options), Cancel);
        var nightly = await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        go.SetResult();

        Assert.Equal((Acceptance.Queued, 2), (training.Acceptance, training.Number));
        Assert.Equal("Collection 'films' is at job 1; job 2 begins when that has ended.", training.Reason);
        Assert.Equal((Acceptance.Joined, 2), (again.Acceptance, again.Number));
        Assert.Equal((Acceptance.Joined, 1), (nightly.Acceptance, nightly.Number));
        var jobs = await cluster.EndAsync(2);
        Assert.Equal([JobState.Done, JobState.Done], jobs.Select(job => job.State));
        Assert.Equal([true, false], jobs.Select(job => job.Films is not null));
        Assert.All(jobs, job => Assert.True(job.Ended >= job.Started));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_lets_the_next_begin_and_one_that_waits_can_be_cancelled()
    {
        var held = new Held();
        await using var cluster = await Cluster.StartAsync(_folder, held.AllButFirstAsync);
        await cluster.Library.AddFilmsAsync(3, 5, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.Collection.RetrainAsync(new TrainRequest(new TrainingOptions { Seed = 3 }), Cancel);
        await cluster.Collection.RetrainAsync(new TrainRequest(new TrainingOptions { Epochs = 2, LayoutSteps = 20 }), Cancel);
        await Cluster.UntilAsync(() => held.Count == 6);

        await cluster.Collection.CancelJobAsync(2, Cancel);
        await cluster.Collection.CancelAsync(Cancel);

        var jobs = await cluster.EndAsync(3);
        Assert.Equal([JobState.Cancelled, JobState.Cancelled, JobState.Done], jobs.Select(job => job.State));
        Assert.Equal([1, 2, 3], jobs.Select(job => job.Number));
        Assert.Equal(12, jobs[2].Report!.Map!.Frames);
    }

    [Fact]
    public async Task Jobs_that_wait_are_done_by_silos_that_start_after_all_were_lost_and_who_asked_is_kept()
    {
        var store = LocalStore.Open(_folder["store"], write: true);
        var library = new Library(store, _folder["films"], Cluster.Name);
        await library.AddFilmsAsync(3, 2, Cancel);
        var job = new Job
        {
            Collection = Cluster.Name,
            Films = library.Submission.Films,
            By = "night@library",
        };
        var training = new Job
        {
            Collection = Cluster.Name,
            Train = new TrainRequest(new TrainingOptions { Epochs = 2, LayoutSteps = 20 }),
        };
        await JobStore.ChangeAsync(
            store,
            Cluster.Name,
            _ => JobBook.Accept(JobBook.Accept(null, job, DateTime.UnixEpoch).Book, training, DateTime.UnixEpoch).Book,
            Cancel
        );

        await using var cluster = await Cluster.StartAsync(_folder);

        var jobs = await cluster.EndAsync(2);
        Assert.Equal([(1, "night@library"), (2, null)], jobs.Select(job => (job.Number, job.By)));
        Assert.Equal((24L, 24L), (jobs[0].Report!.Frames, jobs[1].Report!.Map!.Frames));
        var listed = await cluster.Grains.GetGrain<IJobListGrain>(0).ListAsync(null, Cancel);
        Assert.Equal(StoreJson.ToBytes(jobs), StoreJson.ToBytes(listed.Jobs));
    }

    [Fact]
    public async Task Cancel_ends_the_job_keeps_what_was_done_and_stops_the_films()
    {
        var held = new Held();
        await using var cluster = await Cluster.StartAsync(_folder, held.AllButFirstAsync);
        await cluster.Library.AddFilmsAsync(3, 5, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await Cluster.UntilAsync(() => held.Count == 6);

        await cluster.Collection.CancelAsync(Cancel);

        Assert.Equal(JobState.Cancelled, (await cluster.EndAsync()).State);
        await Cluster.UntilAsync(() => held.Stopped == 6);
        Assert.Equal(9, cluster.Begun.Count);
        var kept = await CollectionStore.OpenAsync(cluster.Store, Cluster.Name, Cancel);
        Assert.Equal(12, (await kept!.FramesAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_job_that_another_process_ended_stops_here_too()
    {
        var held = new Held();
        await using var cluster = await Cluster.StartAsync(_folder, held.AllButFirstAsync);
        await cluster.Library.AddFilmsAsync(8, 100, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await Cluster.UntilAsync(() => held.Count == 16);

        await JobStore.ChangeAsync(cluster.Store, Cluster.Name, book => book!.Cancel(null, DateTime.UnixEpoch), Cancel);

        await Cluster.UntilAsync(() => held.Stopped == 16);
        Assert.Equal(24, cluster.Begun.Count);
    }

    [Fact]
    public async Task A_failure_that_was_not_foreseen_fails_its_film_with_its_message()
    {
        await using var cluster = await Cluster.StartAsync(
            _folder,
            (_, _, _, _) => throw new NotSupportedException("Nobody thought of this.")
        );
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var job = await cluster.EndAsync();

        Assert.Equal((JobState.Done, 1), (job.State, job.Report!.Failures));
        Assert.Contains("Nobody thought of this.", Assert.Single(job.Report.Failed).Reason);
    }

    [Fact]
    public async Task Progress_can_be_watched_to_the_end()
    {
        // A job that has ended is not watched any more, so only one film ends before somebody watches.
        var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await Cluster.StartAsync(
            _folder,
            async (c, silo, task, cancel) =>
            {
                await (task.VideoId == Library.IdOf(0) ? Task.CompletedTask : watched.Task.WaitAsync(cancel));
                return await c.Library.StoreAsync(task, cancel);
            }
        );
        await cluster.Library.AddFilmsAsync(6, 2, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);

        var reports = new List<ProgressReport>();
        await using (var watch = cluster.Collection.WatchAsync(Cancel).GetAsyncEnumerator(Cancel))
        {
            while (await watch.MoveNextAsync())
            {
                reports.Add(watch.Current);
                watched.TrySetResult();
            }
        }

        Assert.Equal(JobState.Done, (await cluster.Collection.StatusAsync(Cancel)).Job!.State);
        Assert.Contains(reports, report => report is { Step: "index", Done: 6, Total: 6, Frames: 48 });

        // A step shorter than the time between two looks may be missed; none comes twice.
        var steps = reports.Select(report => report.Step).ToList();
        Assert.Equal(steps.Distinct().Count(), 1 + steps.Zip(steps.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public async Task A_job_that_the_store_says_is_not_ended_is_taken_up_by_a_silo_that_starts()
    {
        var store = LocalStore.Open(_folder["store"], write: true);
        var library = new Library(store, _folder["films"], Cluster.Name);
        await library.AddFilmsAsync(3, 2, Cancel);
        var job = new Job { Collection = Cluster.Name, Films = library.Submission.Films };
        await JobStore.ChangeAsync(store, Cluster.Name, _ => new JobBook(job, [], []), Cancel);

        await using var cluster = await Cluster.StartAsync(_folder);

        var ended = await cluster.EndAsync();
        Assert.Equal((JobState.Done, 24L), (ended.State, ended.Report!.Frames));
    }

    [Fact]
    public async Task A_job_that_cannot_be_woken_keeps_no_other_asleep()
    {
        var store = LocalStore.Open(_folder["store"], write: true);
        var library = new Library(store, _folder["films"], Cluster.Name);
        await library.AddFilmsAsync(1, 1, Cancel);
        foreach (var name in new[] { NeverWakes.Collection, Cluster.Name })
        {
            var job = new Job { Collection = name, Films = library.Submission.Films };
            await JobStore.ChangeAsync(store, name, _ => new JobBook(job, [], []), Cancel);
        }

        await using var cluster = await Cluster.StartAsync(
            _folder,
            silo: silo => silo.Services.AddSingleton<IOutgoingGrainCallFilter, NeverWakes>()
        );

        Assert.Equal(JobState.Done, (await cluster.EndAsync()).State);
        Assert.Equal(JobState.Running, (await JobStore.ReadAsync(store, NeverWakes.Collection, Cancel))!.State);
    }

    [Fact]
    public async Task A_collection_tells_what_it_was_made_with()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        Assert.Null(await cluster.Grains.GetGrain<ICollectionGrain>("nothing").SettingsAsync(Cancel));

        await cluster.Library.AddFilmsAsync(1, 1, Cancel);
        var settings = await cluster.Collection.SettingsAsync(Cancel);

        Assert.Equal((await CollectionStore.OpenAsync(cluster.Store, Cluster.Name, Cancel))!.Settings, settings);
    }

    [Fact]
    public async Task A_model_is_fitted_again_on_request()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        await cluster.Library.AddFilmsAsync(4, 4, Cancel);
        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        var first = await cluster.EndAsync();

        var options = new TrainingOptions
        {
            Seed = 2,
            Epochs = 2,
            LayoutSteps = 20,
        };
        var receipt = await cluster.Collection.RetrainAsync(new TrainRequest(options), Cancel);
        var second = await cluster.EndAsync();

        Assert.Equal(Acceptance.Started, receipt.Acceptance);
        Assert.Equal((2, JobState.Done, true), (second.Number, second.State, second.Report!.Map!.New));
        Assert.NotEqual(first.Report!.Map!.Model, second.Report.Map.Model);
    }

    /// <summary>Loses every call to one collection, which is looked at before the others.</summary>
    private sealed class NeverWakes : IOutgoingGrainCallFilter
    {
        public const string Collection = "a-collection";

        public Task Invoke(IOutgoingGrainCallContext context) =>
            context.TargetId.Key.ToString() == Collection ? throw new TimeoutException("The call was lost.") : context.Invoke();
    }

    /// <summary>Segments that are held until they are stopped: all but the first one of each film.</summary>
    private sealed class Held
    {
        private int _count;
        private int _stopped;

        public int Count => Volatile.Read(ref _count);

        public int Stopped => Volatile.Read(ref _stopped);

        public async Task<SegmentReceipt> AllButFirstAsync(Cluster cluster, string silo, SegmentTask task, CancellationToken cancel)
        {
            if (task.Segment > 0)
            {
                Interlocked.Increment(ref _count);
                using var stopped = cancel.Register(() => Interlocked.Increment(ref _stopped));
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return await cluster.Library.StoreAsync(task, cancel);
        }
    }
}
