using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>One collection: finds its films, keeps a bounded number of them in flight, and has the map brought up to date.</summary>
public sealed class CollectionIndexer(WorkContext context, IWorkDispatcher dispatcher)
{
    /// <summary>Adds films: everything from probe to place for what is new, nothing for what is there.</summary>
    /// <param name="name">The collection, which exists.</param>
    /// <param name="request">Where to look; paths exist.</param>
    /// <param name="progress">Told about every film that ends.</param>
    /// <param name="cancellationToken">Stops; what is stored by then is kept.</param>
    public async Task<IndexReport> IndexAsync(
        string name,
        IndexRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        var started = context.Clock.GetTimestamp();
        var collection = await CollectionStore.RequireAsync(context.Store, name, cancellationToken).ConfigureAwait(false);
        var (mine, others) = List(request, cancellationToken);
        var register = await SourceRegistry.LoadAsync(context, collection, cancellationToken).ConfigureAwait(false);
        var present = (await collection.FramesAsync(cancellationToken).ConfigureAwait(false)).Films.ToDictionary(
            film => film.Id,
            StringComparer.Ordinal
        );
        using var run = new IndexRun(
            context,
            dispatcher,
            register,
            collection.Settings,
            present,
            new StepProgress(progress, "index", mine.Count)
        );
        await Parallel
            .ForEachAsync(
                mine,
                new ParallelOptions { MaxDegreeOfParallelism = context.Options.FilmsInFlight, CancellationToken = cancellationToken },
                async (source, token) => await run.IndexAsync(source, token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);

        await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
        var map = request.Shards > 1 ? null : await dispatcher.MakeMapAsync(name, null, progress, cancellationToken).ConfigureAwait(false);
        return new IndexReport
        {
            Done = [.. run.Done.Values.OrderBy(receipt => receipt.Name, StringComparer.Ordinal)],
            Failed = [.. run.Failed.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            Ignored = [.. run.Ignored.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            LeftOut = [.. run.LeftOut.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            OtherShards = others,
            Map = map,
            Seconds = Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3),
        };
    }

    // Only a store that is a folder has room for links to files whose names are not UTF-8.
    private string? Links => context.Store is LocalStore folder ? Path.Combine(folder.Location, ".links") : null;

    private (List<SourceFile> Mine, int Others) List(IndexRequest request, CancellationToken cancellationToken)
    {
        using var busy = context.Ledger.Busy(Stage.List);
        var (mine, others) = (new List<SourceFile>(), 0);
        foreach (var source in SourceFinder.Find(request.Paths, Links, cancellationToken))
        {
            if (ShardOf(source.Name, request.Shards) == request.Shard)
            {
                mine.Add(source);
            }
            else
            {
                others++;
            }
        }

        context.Ledger.Add(Stage.List, mine.Count, mine.Sum(source => source.Size));
        return (mine, others);
    }

    // FNV-1a: the same share on every machine, whatever order the files are found in.
    private static int ShardOf(string name, int shards) =>
        (int)(Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, b) => (hash ^ b) * 16777619u) % (uint)shards);

    /// <summary>What one run gathers while its films end in any order.</summary>
    private sealed class IndexRun(
        WorkContext context,
        IWorkDispatcher dispatcher,
        SourceRegistry register,
        CollectionSettings settings,
        Dictionary<string, FilmFrames> present,
        StepProgress ended
    ) : IDisposable
    {
        // Films in flight may be those of a whole cluster, but files are read and probed here.
        private readonly SemaphoreSlim _registering = new(context.Compute.Threads + 2);
        private readonly ILogger _log = context.Logs.CreateLogger<CollectionIndexer>();
        private readonly ConcurrentDictionary<string, Lazy<Task<VideoReceipt>>> _films = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, VideoReceipt> Done { get; } = new(StringComparer.Ordinal);

        public ConcurrentBag<FileOutcome> Failed { get; } = [];

        public ConcurrentBag<FileOutcome> Ignored { get; } = [];

        public ConcurrentBag<FileOutcome> LeftOut { get; } = [];

        /// <summary>Takes a file from where it lies to its frames. Whatever it meets, the other files go on; only what would meet them all,
        /// a store or a model that does not work, ends the run.</summary>
        public async Task IndexAsync(SourceFile source, CancellationToken cancellationToken)
        {
#pragma warning disable CA1031
            try
            {
                await TakeAsync(source, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not (AtlasException or OperationCanceledException or TimeoutException))
            {
                var failure = $"{source.Name} met a fault of this program, {error.GetType().Name}: {error.Message.TrimEnd('.')}.";
                _log.LogFault(error, settings.Name, source.Name);
                Failed.Add(new FileOutcome(source.Name, failure));
                ended.Add(0, $"{source.Name}: {failure}");
            }
#pragma warning restore CA1031
        }

        private async Task TakeAsync(SourceFile source, CancellationToken cancellationToken)
        {
            var registration = await RegisterAsync(source, cancellationToken).ConfigureAwait(false);
            var failure = registration.Failure;
            var frames = 0L;
            if (registration.Ignored is { } reason)
            {
                _log.LogFileIgnored(settings.Name, source.Name, reason);
                Ignored.Add(new FileOutcome(source.Name, reason));
                if (source.Ignored is not null)
                {
                    LeftOut.Add(new FileOutcome(source.Name, reason));
                }
            }
            else if (registration.Id is { } id)
            {
                // Two names of one film, both in this run: the second waits for the first.
                var receipt =
                    AllThere(registration.Unchanged)
                    ?? await _films
                        .GetOrAdd(
                            id,
                            _ => new Lazy<Task<VideoReceipt>>(() => dispatcher.IndexVideoAsync(settings.Name, id, cancellationToken))
                        )
                        .Value.ConfigureAwait(false);
                failure = receipt.Reason;
                if (failure is null && Done.TryAdd(id, receipt))
                {
                    frames = receipt.NewFrames;
                }
            }

            if (registration.Id is { } damaged && Done.TryGetValue(damaged, out var there) && there.Damage is { } damage)
            {
                _log.LogFileDamaged(settings.Name, source.Name, damage);
            }

            if (failure is not null)
            {
                _log.LogFileFailed(settings.Name, source.Name, failure);
                Failed.Add(new FileOutcome(source.Name, failure));
            }

            ended.Add(frames, failure is null ? null : $"{source.Name}: {failure}");
        }

        public void Dispose() => _registering.Dispose();

        // What one listing shows to be complete is not asked again film by film.
        private VideoReceipt? AllThere(VideoRecord? record) =>
            record is { Damage: { } damage } ? AsBefore(record, damage)
            : record is { Info: { VariableFrameRate: false } info, Failure: null }
            && present.TryGetValue(record.Id, out var frames)
            && frames.Segments.Count == DecodePlanner.Plan(info, settings.Sampling).Segments
                ? new VideoReceipt(record.Id, record.Name, WorkStatus.AlreadyDone, frames.Count, 0, null)
            : null;

        // A damaged film gives no more until its file changes.
        private VideoReceipt AsBefore(VideoRecord record, FilmDamage damage) =>
            new(
                record.Id,
                record.Name,
                record.Failure is null ? WorkStatus.AlreadyDone : WorkStatus.Failed,
                present.GetValueOrDefault(record.Id)?.Count ?? 0,
                0,
                record.Failure,
                record.Failure is null ? damage.Reason : null
            );

        private async Task<Registration> RegisterAsync(SourceFile source, CancellationToken cancellationToken)
        {
            await _registering.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await register.RegisterAsync(source, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _registering.Release();
            }
        }
    }
}
