using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What one run gathers while its films end in any order.</summary>
internal sealed class IndexRun(
    WorkContext context,
    IWorkDispatcher dispatcher,
    SourceRegistry register,
    SourceChanges changes,
    CollectionStore collection,
    StepProgress ended,
    bool followsBroken
) : IDisposable
{
    private const int MostRounds = 3;

    // Films in flight may be those of a whole cluster, but files are read and probed here.
    private readonly SemaphoreSlim _registering = new(context.Compute.Threads + 2);
    private readonly ILogger _log = context.Logs.CreateLogger<CollectionIndexer>();
    private readonly string _name = collection.Settings.Name;
    private readonly ConcurrentDictionary<string, Lazy<Task<VideoReceipt>>> _films = new(StringComparer.Ordinal);

    // What was read of files that are not as they were known, before the others.
    private readonly ConcurrentDictionary<string, Registration> _looked = new(StringComparer.Ordinal);

    // Frames that films had before this run wrote any.
    private readonly ConcurrentDictionary<string, int> _before = new(StringComparer.Ordinal);

    // What was written in this run, by the path it was read from.
    private readonly ConcurrentDictionary<string, VideoReceipt> _written = new(StringComparer.Ordinal);

    /// <summary>The film of each path that is one and is not as it was known.</summary>
    public ConcurrentDictionary<string, string> Films { get; } = new(StringComparer.Ordinal);

    /// <summary>How far it is.</summary>
    public RunPhase Phase { get; private set; }

    /// <summary>How what lies at each path ended, where that is otherwise than it was known.</summary>
    public ConcurrentDictionary<string, FilmEnd> Ended { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, VideoReceipt> Done { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<FileOutcome> Failed { get; } = [];

    /// <summary>The files of <see cref="Failed"/>.</summary>
    public ConcurrentBag<SourceFile> FailedFiles { get; } = [];

    /// <summary>Files of which this run found that not all can be decoded.</summary>
    public ConcurrentBag<(SourceFile File, string Id)> DamagedFiles { get; } = [];

    /// <summary>Those of <see cref="Failed"/> of which no record says so.</summary>
    public ConcurrentBag<FailedInput> Unrecorded { get; } = [];

    public ConcurrentBag<FileOutcome> Ignored { get; } = [];

    public ConcurrentBag<FileOutcome> LeftOut { get; } = [];

    /// <summary>Takes files from where they lie to their frames. What the store has lost in the end is done again: a server that was
    /// killed may have forgotten what it had answered for.</summary>
    public async Task IndexAsync(IReadOnlyList<SourceFile> sources, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.Options.FilmsInFlight, CancellationToken = cancellationToken };

        // What was at a place that holds something else now may be at any other: so all places that were left are known before any film
        // is told of or decoded.
        await Parallel
            .ForEachAsync(
                sources.Where(register.IsOtherwise),
                options,
                async (source, token) => await LookAsync(source, token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        Phase = RunPhase.Working;
        for (var round = 0; round < MostRounds && sources.Count > 0; round++)
        {
            var lost = new ConcurrentBag<SourceFile>();
            await Parallel
                .ForEachAsync(sources, options, async (source, token) => await IndexAsync(source, token).ConfigureAwait(false))
                .ConfigureAwait(false);
            await Parallel
                .ForEachAsync(
                    sources.Where(source => _written.ContainsKey(source.Path)),
                    options,
                    async (source, token) =>
                    {
                        if (await ForgetIfLostAsync(_written[source.Path], token).ConfigureAwait(false))
                        {
                            lost.Add(source);
                        }
                    }
                )
                .ConfigureAwait(false);
            sources = [.. lost];
        }

        foreach (var source in sources)
        {
            Fail(
                source,
                $"What was written of '{source.Name}' is not in the store any more; run the same command again.",
                isRecorded: false
            );
        }
    }

    private async Task LookAsync(SourceFile source, CancellationToken cancellationToken)
    {
#pragma warning disable CA1031 // It is met again, and told of, where the file is taken.
        try
        {
            var registration = await RegisterAsync(source, cancellationToken).ConfigureAwait(false);
            if (registration.Id is { } id)
            {
                Films[source.Path] = id;
            }

            _looked[source.Path] = registration;
        }
        catch (Exception error) when (error is not (AtlasException or OperationCanceledException or TimeoutException))
        {
            return;
        }
#pragma warning restore CA1031
    }

    private async Task<bool> ForgetIfLostAsync(VideoReceipt film, CancellationToken cancellationToken)
    {
        var plan = await collection.PlanAsync(film.VideoId, cancellationToken).ConfigureAwait(false);
        var segments = await collection.SegmentsAsync(film.VideoId, cancellationToken).ConfigureAwait(false);
        var record = await collection.VideoAsync(film.VideoId, cancellationToken).ConfigureAwait(false);

        // What lies beyond the end of a damaged film is not looked for.
        var isWhole = segments.Count == plan?.Segments || record?.Damage is not null;
        if (record is not null && isWhole && segments.Sum(segment => segment.Count) == film.Frames)
        {
            return false;
        }

        _log.LogFilmLost(_name, film.Name);
        Done.TryRemove(film.VideoId, out _);
        _films.TryRemove(film.VideoId, out _);
        return true;
    }

    /// <summary>Takes a file from where it lies to its frames. Whatever it meets, the other files go on; only what would meet them all,
    /// a store or a model that does not work, ends the run.</summary>
    private async Task IndexAsync(SourceFile source, CancellationToken cancellationToken)
    {
#pragma warning disable CA1031
        try
        {
            await TakeAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (AtlasException or OperationCanceledException or TimeoutException))
        {
            string failure;
            if (error is IOException or UnauthorizedAccessException)
            {
                failure = $"{source.Name} cannot be read: {FailureText.Of(error, source.Path)}.";
                Fail(source, failure, isRecorded: false);
            }
            else
            {
                failure = $"{source.Name} met a fault of this program, {error.GetType().Name}: {error.Message.TrimEnd('.')}.";
                _log.LogFault(error, _name, source.Name);
                Note(source, failure, isRecorded: false);
            }

            ended.Add(0, failure);
        }
#pragma warning restore CA1031
    }

    private async Task TakeAsync(SourceFile source, CancellationToken cancellationToken)
    {
        var registration = _looked.TryRemove(source.Path, out var looked)
            ? looked
            : await RegisterAsync(source, cancellationToken).ConfigureAwait(false);
        var failure = registration.Failure;
        var frames = 0L;
        if (registration is { Id: { } found, Unchanged: null })
        {
            Films[source.Path] = found;
            await changes.LookForAsync(source.Path, found, cancellationToken).ConfigureAwait(false);
        }

        if (registration.Ignored is { } reason)
        {
            _log.LogFileIgnored(_name, source.Name, reason);
            Ignored.Add(new FileOutcome(source.Name, reason));
            if (source.Ignored is not null)
            {
                LeftOut.Add(new FileOutcome(source.Name, reason));
            }
        }
        else if (failure is null && registration.Id is { } id)
        {
            var film = register.Known.TryGetValue(source.Path, out var known) && known.Film.Id == id ? known.Film : null;
            var whole = await AllThereAsync(registration.Unchanged ?? film, cancellationToken).ConfigureAwait(false);

            // Two names of one film, both in this run: the second waits for the first.
            var receipt =
                (registration.Unchanged is null ? null : whole)
                ?? await _films
                    .GetOrAdd(id, _ => new Lazy<Task<VideoReceipt>>(() => dispatcher.IndexVideoAsync(_name, id, cancellationToken)))
                    .Value.ConfigureAwait(false);

            // What the store has lost meanwhile was there before this run, or is of this run: it is not new twice.
            var before = _before.GetOrAdd(id, receipt.Frames - receipt.NewFrames);
            receipt = receipt with { NewFrames = Math.Max(0, receipt.Frames - before) };
            failure = receipt.Reason;
            if (receipt.Status == WorkStatus.Done)
            {
                _written[source.Path] = receipt;
            }

            if (failure is null && Done.TryAdd(id, receipt))
            {
                frames = receipt.NewFrames;
            }

            if (failure is null)
            {
                var end = registration.IsMended
                    ? FilmEnd.Mended
                    : await EndAsync(source, id, film, whole, cancellationToken).ConfigureAwait(false);
                if (end != FilmEnd.Done || registration.Unchanged is null)
                {
                    Ended[source.Path] = end;
                }
            }
        }

        if (registration.Id is { } damaged && Done.TryGetValue(damaged, out var there) && there.Damage is { } damage)
        {
            _log.LogFileDamaged(_name, source.Name, damage);
            if (there.Status == WorkStatus.Done)
            {
                DamagedFiles.Add((source, damaged));
            }
        }

        if (failure is not null)
        {
            Fail(source, failure, isRecorded: registration.Id is not null);
        }

        ended.Add(frames, failure is null ? null : new FileOutcome(source.Name, failure).Sentence);
    }

    /// <summary>How a film that is all there now ended at a place. What a run before did not end, or one that was killed did not tell of,
    /// is told of now.</summary>
    /// <param name="source">The place.</param>
    /// <param name="id">The film.</param>
    /// <param name="known">The same film where it was known at this place.</param>
    /// <param name="whole">What is said of it where it was all there before this run.</param>
    /// <param name="cancellationToken">Stops.</param>
    private async Task<FilmEnd> EndAsync(
        SourceFile source,
        string id,
        KnownFilm? known,
        VideoReceipt? whole,
        CancellationToken cancellationToken
    )
    {
        var isUntold = known is null
            ? await changes.WasBegunAsync(id, cancellationToken).ConfigureAwait(false)
            : (whole is null || followsBroken) && !await changes.IsToldAtAsync(source.Path, cancellationToken).ConfigureAwait(false);
        return !isUntold ? FilmEnd.Done
            : !await changes.IsToldAsync(id, cancellationToken).ConfigureAwait(false) ? FilmEnd.DoneAtLast
            : known is null ? FilmEnd.Done
            : FilmEnd.DoneBeside;
    }

    private void Fail(SourceFile source, string failure, bool isRecorded)
    {
        _log.LogFileFailed(_name, source.Name, failure);
        Note(source, failure, isRecorded);
    }

    private void Note(SourceFile source, string failure, bool isRecorded)
    {
        if (!isRecorded)
        {
            Unrecorded.Add(new FailedInput(source.Name, source.Path, failure));
        }

        Failed.Add(new FileOutcome(source.Name, failure));
        FailedFiles.Add(source);
        Ended[source.Path] = FilmEnd.Failed;
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
