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
        var (listing, register) = await LookAsync(collection, request, cancellationToken).ConfigureAwait(false);
        var (mine, others) = (listing.Mine, listing.Others);
        var looked = new SourceChanges(collection, register.Known, found => ShardOf(found, request.Shards) == request.Shard);
        var empty = EmptyNow(listing.Empty, looked);
        using var run = new IndexRun(context, dispatcher, register, collection, new StepProgress(progress, "index", mine.Count));
        var writer = new ChangeWriter(collection, context.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = writer.WriteNowAndThenAsync(Changes, ending.Token);
        try
        {
            await Parallel
                .ForEachAsync(
                    mine,
                    new ParallelOptions { MaxDegreeOfParallelism = context.Options.FilmsInFlight, CancellationToken = cancellationToken },
                    async (source, token) => await run.IndexAsync(source, token).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next run knows what this one came to, so this one tells of it.
            await EndWritingAsync().ConfigureAwait(false);
            await writer.WriteAsync(Changes(), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await EndWritingAsync().ConfigureAwait(false);
        }

        // A store that did not take them is asked once more, and then ends the run.
        var changes = Changes() with
        {
            Gone = await looked.LeaveAsync(request, mine, run.Films, cancellationToken).ConfigureAwait(false),
        };
        await writer.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
        if (request.Prune)
        {
            await looked.PruneAsync(cancellationToken).ConfigureAwait(false);
        }

        await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
        var map = request.Shards > 1 ? null : await dispatcher.MakeMapAsync(name, null, progress, cancellationToken).ConfigureAwait(false);
        return new IndexReport
        {
            Done = [.. run.Done.Values.OrderBy(receipt => receipt.Name, StringComparer.Ordinal)],
            Failed = [.. run.Failed.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            Ignored = [.. run.Ignored.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            Changes = changes,
            Empty = empty,
            LeftOut = [.. run.LeftOut.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            OtherShards = others,
            Map = map,
            Seconds = Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3),
        };

        async Task EndWritingAsync()
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        IndexChanges Changes() =>
            looked.Found(request, mine, run.Films) with
            {
                Failed = [.. run.Failed.Select(outcome => outcome.Name).Order(StringComparer.Ordinal)],
            };
    }

    // Only a store that is a folder has room for links to files whose names are not UTF-8.
    private string? Links => context.Store is LocalStore folder ? Path.Combine(folder.Location, ".links") : null;

    /// <summary>Lists what is there, and reads meanwhile what was known.</summary>
    private async Task<(Listing, SourceRegistry)> LookAsync(
        CollectionStore collection,
        IndexRequest request,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = Task.Run(() => SourceRegistry.LoadAsync(context, collection, stop.Token), CancellationToken.None);
        try
        {
            var listing = await ListAsync(request, cancellationToken).ConfigureAwait(false);
            return (listing, await loading.ConfigureAwait(false));
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What lost all its films is no error; what is empty and never had any most often is another place than was meant.</summary>
    /// <exception cref="NotFoundException">A container has nothing under a prefix, and had nothing before.</exception>
    private static IReadOnlyList<string> EmptyNow(IReadOnlyCollection<string> empty, SourceChanges looked)
    {
        var known = looked.KnownAmong(empty);
        return empty.Except(known).FirstOrDefault(FilmAddress.IsAddress) is { } address
            ? throw new NotFoundException(
                $"Nothing is under '{FilmAddress.Plain(address)}'; give a container, a prefix with films or a film."
            )
            : [.. known.Select(place => FilmAddress.IsAddress(place) ? FilmAddress.Plain(place) : place)];
    }

    private async Task<Listing> ListAsync(IndexRequest request, CancellationToken cancellationToken)
    {
        using var busy = context.Ledger.Busy(Stage.List);
        var (mine, others, empty) = (new List<SourceFile>(), 0, new List<string>());
        await foreach (var source in context.Films.FindAsync(request.Paths, Links, empty, cancellationToken).ConfigureAwait(false))
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
        return new Listing(mine, others, empty);
    }

    private sealed record Listing(List<SourceFile> Mine, int Others, IReadOnlyCollection<string> Empty);

    // FNV-1a: the same share on every machine, whatever order the files are found in.
    private static int ShardOf(string name, int shards) =>
        (int)(Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, b) => (hash ^ b) * 16777619u) % (uint)shards);

    /// <summary>What one run gathers while its films end in any order.</summary>
    private sealed class IndexRun(
        WorkContext context,
        IWorkDispatcher dispatcher,
        SourceRegistry register,
        CollectionStore collection,
        StepProgress ended
    ) : IDisposable
    {
        // Films in flight may be those of a whole cluster, but files are read and probed here.
        private readonly SemaphoreSlim _registering = new(context.Compute.Threads + 2);
        private readonly ILogger _log = context.Logs.CreateLogger<CollectionIndexer>();
        private readonly string _name = collection.Settings.Name;
        private readonly ConcurrentDictionary<string, Lazy<Task<VideoReceipt>>> _films = new(StringComparer.Ordinal);

        /// <summary>The film of each path that is one and is not as it was known.</summary>
        public ConcurrentDictionary<string, string> Films { get; } = new(StringComparer.Ordinal);

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
                _log.LogFault(error, _name, source.Name);
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
                _log.LogFileIgnored(_name, source.Name, reason);
                Ignored.Add(new FileOutcome(source.Name, reason));
                if (source.Ignored is not null)
                {
                    LeftOut.Add(new FileOutcome(source.Name, reason));
                }
            }
            else if (registration.Id is { } id)
            {
                if (registration.Unchanged is null)
                {
                    Films[source.Path] = id;
                }

                // Two names of one film, both in this run: the second waits for the first.
                var receipt =
                    await AllThereAsync(registration.Unchanged, cancellationToken).ConfigureAwait(false)
                    ?? await _films
                        .GetOrAdd(id, _ => new Lazy<Task<VideoReceipt>>(() => dispatcher.IndexVideoAsync(_name, id, cancellationToken)))
                        .Value.ConfigureAwait(false);
                failure = receipt.Reason;
                if (failure is null && Done.TryAdd(id, receipt))
                {
                    frames = receipt.NewFrames;
                }
            }

            if (registration.Id is { } damaged && Done.TryGetValue(damaged, out var there) && there.Damage is { } damage)
            {
                _log.LogFileDamaged(_name, source.Name, damage);
            }

            if (failure is not null)
            {
                _log.LogFileFailed(_name, source.Name, failure);
                Failed.Add(new FileOutcome(source.Name, failure));
            }

            ended.Add(frames, failure is null ? null : $"{source.Name}: {failure}");
        }

        public void Dispose() => _registering.Dispose();

        // What one listing shows to be complete is not asked again film by film.
        private async Task<VideoReceipt?> AllThereAsync(KnownFilm? film, CancellationToken cancellationToken)
        {
            if (film is null)
            {
                return null;
            }

            var planned = film.Planned ?? (await collection.PlanAsync(film.Id, cancellationToken).ConfigureAwait(false))?.Segments ?? -1;
            return planned == film.Segments ? film.Receipt : null;
        }

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
