using System.Text;
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
        register.Listed(mine);
        mine.RemoveAll(file => file.IsMissing && register.Known.ContainsKey(file.Path));
        var looked = new SourceChanges(
            collection,
            context.Films,
            request,
            mine,
            register,
            found => ShardOf(found, request.Shards) == request.Shard
        );
        var departures = new Departures(collection, register, looked);
        var empty = EmptyNow(listing.Empty, looked);
        var mark = await RunMark.SetAsync(collection, request, context.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        using var run = new IndexRun(
            context,
            dispatcher,
            register,
            looked,
            collection,
            new StepProgress(progress, "index", mine.Count),
            mark.FollowsBroken
        );
        var writer = new ChangeWriter(collection, context.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = writer.WriteNowAndThenAsync(() => Changes(run.Phase), ending.Token);
        try
        {
            await run.IndexAsync(mine, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next run knows what this one came to, so this one tells of it.
            await EndWritingAsync().ConfigureAwait(false);
            await writer
                .WriteAsync(Changes(run.Phase == RunPhase.Looking ? RunPhase.Looking : RunPhase.Cancelled), CancellationToken.None)
                .ConfigureAwait(false);
            await collection
                .UpdateFailedInputsAsync(input => run.Ended.ContainsKey(input.Path), [.. run.Unrecorded], CancellationToken.None)
                .ConfigureAwait(false);
            await mark.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await EndWritingAsync().ConfigureAwait(false);
        }

        // A store that did not take them is asked once more, and then ends the run.
        var changes = Changes(RunPhase.Over);
        changes = changes with { Gone = await departures.LeaveAsync(run.Films, changes.Moved, cancellationToken).ConfigureAwait(false) };
        await writer.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
        await mark.RemoveAsync(cancellationToken).ConfigureAwait(false);
        await collection.UpdateFailedInputsAsync(looked.IsLooked, [.. run.Unrecorded], cancellationToken).ConfigureAwait(false);
        var pruned = request.Prune ? await departures.PruneAsync(cancellationToken).ConfigureAwait(false) : [];
        await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
        var map = request.Shards > 1 ? null : await dispatcher.MakeMapAsync(name, null, progress, cancellationToken).ConfigureAwait(false);
        return new IndexReport
        {
            Done =
            [
                .. run
                    .Done.Values.Select(looked.Renamed(run.Films, changes.Moved))
                    .OrderBy(receipt => receipt.Name, StringComparer.Ordinal),
            ],
            Failed = [.. run.Failed.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            Ignored = [.. run.Ignored.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)],
            Changes = changes,
            Pruned = pruned,
            Kept = request.Prune ? new GoneFilms(0, 0) : departures.Kept(run.Films),
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

        IndexChanges Changes(RunPhase phase) =>
            looked.Found(run.Films, run.Ended, phase) with
            {
                Failed = [.. run.FailedFiles.Select(file => looked.FailedAt(file, run.Films)).Order(FilmPlace.ByName)],
                Damaged = [.. run.DamagedFiles.Select(film => looked.PlaceOf(film.File, film.Id)).Order(FilmPlace.ByName)],
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
        var store = context.Store is LocalStore folder ? folder.Location.TrimEnd('/') + "/" : null;
        var ownFiles = 0;
        await foreach (var source in context.Films.FindAsync(request.Paths, Links, empty, cancellationToken).ConfigureAwait(false))
        {
            if (store is not null && IsUnder(source.Path, store) && !IsUnder(source.Path, Links! + "/"))
            {
                ownFiles++;
            }
            else if (ShardOf(source.Name, request.Shards) == request.Shard)
            {
                mine.Add(source);
            }
            else
            {
                others++;
            }
        }

        if (ownFiles > 0)
        {
            mine.Add(
                new SourceFile(store!, store!, 0, default, Ignored: $"{store} is the store itself; its {ownFiles} files are no films.")
            );
        }

        context.Ledger.Add(Stage.List, mine.Count, mine.Sum(source => source.Size));
        return new Listing(mine, others, empty);
    }

    private static bool IsUnder(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    private sealed record Listing(List<SourceFile> Mine, int Others, IReadOnlyCollection<string> Empty);

    // FNV-1a: the same share on every machine, whatever order the files are found in.
    private static int ShardOf(string name, int shards) =>
        (int)(Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, b) => (hash ^ b) * 16777619u) % (uint)shards);
}
