using OrleansAtlas.Errors;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Reduction;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Training;

/// <summary>One per collection: gathers statistics, fits PCA and the autoencoder, publishes map versions. Every result is an
/// artifact under a name made from its inputs, so a trainer that is stopped goes on where it was.</summary>
public sealed class CollectionTrainer(WorkContext context, IWorkDispatcher dispatcher)
{
    /// <summary>Most frames that statistics are made of; an evenly spread share of them where there are more.</summary>
    public const long StatisticsLimit = 1 << 20;

    /// <summary>Brings the map up to date with the frames that are there: places new frames with the model of the map that is
    /// shown, positions of old ones unchanged; trains where there is no model.</summary>
    /// <returns>The map that is shown now; null where there are no frames.</returns>
    public async Task<MapReceipt?> UpdateAsync(
        string collectionName,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        var frames = await collection.FramesAsync(cancellationToken).ConfigureAwait(false);
        if (frames.Count == 0)
        {
            return null;
        }

        var current = (await collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Current;
        var map = current is null ? null : await collection.OpenMapAsync(current, cancellationToken).ConfigureAwait(false);
        return map is null || (map.Method == ModelInfo.StandIn && frames.Count >= Embedder.FewestFrames)
            ? await TrainAsync(collectionName, new TrainRequest(collection.Settings.Training), progress, cancellationToken)
                .ConfigureAwait(false)
            : await new MapBuilder(context, dispatcher, collection)
                .MakeAsync(frames, map.Model, map.Stretch, progress, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Fits the model that is asked for, or brings the map up to date.</summary>
    public async Task<MapReceipt?> MakeAsync(
        string collectionName,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) =>
        request is null
            ? await UpdateAsync(collectionName, progress, cancellationToken).ConfigureAwait(false)
            : await TrainAsync(collectionName, request, progress, cancellationToken).ConfigureAwait(false);

    /// <summary>Fits a model to all frames that are there, and makes a map with it.</summary>
    /// <exception cref="NotFoundException">There are no frames.</exception>
    public async Task<MapReceipt> TrainAsync(
        string collectionName,
        TrainRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var (collection, frames) = await FramesAsync(collectionName, cancellationToken).ConfigureAwait(false);
        var start = request.Anew ? null : await StartAsync(collection, frames, request.Options, cancellationToken).ConfigureAwait(false);
        var version = VersionOf(collection, frames, request.Options, start);
        if (!await collection.Artifacts.ExistsAsync(collection.Names.Model(version, "model.json"), cancellationToken).ConfigureAwait(false))
        {
            var basis = await FitBasisAsync(
                    collection,
                    frames,
                    request.Options.Components ?? collection.Settings.Components,
                    progress,
                    cancellationToken
                )
                .ConfigureAwait(false);
            var model = await FitAsync(collection, frames, version, basis, start, request.Options, progress, cancellationToken)
                .ConfigureAwait(false);
            await collection
                .Artifacts.TryAddAsync(
                    collection.Names.Model(version, "films.json"),
                    StoreJson.ToBytes(MapFilms.Of(frames)),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await model.WriteAsync(collection, cancellationToken).ConfigureAwait(false);
        }

        return await new MapBuilder(context, dispatcher, collection)
            .MakeAsync(frames, version, request.Rotation, request.Stretch, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Makes a map of all frames that are there with the model of the map that is shown.</summary>
    /// <exception cref="NotFoundException">There are no frames, or there is no map yet.</exception>
    public async Task<MapReceipt> PlaceAsync(
        string collectionName,
        PlaceRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var (collection, frames) = await FramesAsync(collectionName, cancellationToken).ConfigureAwait(false);
        var map = await collection.OpenCurrentMapAsync(cancellationToken).ConfigureAwait(false);
        return await new MapBuilder(context, dispatcher, collection)
            .MakeAsync(frames, map.Model, request.Rotation, request.Stretch, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    // Where it is the usual one nothing is said of it, as before there were others.
    private string? Trainer => context.Trainer.Name == AutoencoderTrainer.Managed ? null : context.Trainer.Name;

    private string VersionOf(CollectionStore collection, FrameSet frames, TrainingOptions options, string? start) =>
        ArtifactNames.Version([
            frames.Version,
            $"{collection.Settings.Components}",
            System.Text.Encoding.UTF8.GetString(StoreJson.ToBytes(options)),
            .. start is null ? (string[])[] : [start],
            .. Trainer is null ? (string[])[] : [Trainer],
        ]);

    /// <summary>The model whose places a new layout begins with, so that people find their way again: that of the map that is shown; or,
    /// where this one was fitted
    /// to the same frames in the same way, the one it began with, so that nothing is fitted twice.</summary>
    private async Task<string?> StartAsync(
        CollectionStore collection,
        FrameSet frames,
        TrainingOptions options,
        CancellationToken cancellationToken
    )
    {
        var current = (await collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Current;
        if (current is null)
        {
            return null;
        }

        var map = await collection.OpenMapAsync(current, cancellationToken).ConfigureAwait(false);
        var shown = await collection
            .ReadAsync<ModelInfo>(collection.Names.Model(map.Model, "model.json"), cancellationToken)
            .ConfigureAwait(false);
        return shown is null || VersionOf(collection, frames, options, shown.Start) == shown.Version ? shown?.Start
            : shown.Method == ModelInfo.Trained && options.LayoutWeight > 0 ? shown.Version
            : null;
    }

    private async Task<(CollectionStore Collection, FrameSet Frames)> FramesAsync(
        string collectionName,
        CancellationToken cancellationToken
    )
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        var frames = await collection.FramesAsync(cancellationToken).ConfigureAwait(false);
        return frames.Count > 0
            ? (collection, frames)
            : throw new NotFoundException(
                $"Collection '{collectionName}' has no frames yet; add films with: atlas index PATH -c {collectionName}"
            );
    }

    private async Task<PcaBasis> FitBasisAsync(
        CollectionStore collection,
        FrameSet frames,
        int components,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var parts = StatisticsPart.Cut(frames, StatisticsLimit);
        var gathered = new StepProgress(progress, "gather", parts.Count);
        await Parallel
            .ForEachAsync(
                parts,
                new ParallelOptions { MaxDegreeOfParallelism = context.Options.PartsInFlight, CancellationToken = cancellationToken },
                async (part, token) =>
                {
                    await collection
                        .Artifacts.TryAddAsync(collection.Names.StatisticsPart(part.Name), StoreJson.ToBytes(part), token)
                        .ConfigureAwait(false);
                    await dispatcher.GatherPartAsync(collection.Settings.Name, part.Name, token).ConfigureAwait(false);
                    gathered.Add();
                }
            )
            .ConfigureAwait(false);

        using var busy = context.Ledger.Busy(Stage.Train);
        var statistics = await StatisticsTree.MergeAsync(collection, parts, cancellationToken).ConfigureAwait(false);
        return await context
            .ComputeAsync(
                Stage.Train,
                () => PcaBasis.From(statistics, context.Trainer.Product ?? context.MatrixProduct, components),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<FittedModel> FitAsync(
        CollectionStore collection,
        FrameSet frames,
        string version,
        PcaBasis basis,
        string? start,
        TrainingOptions options,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var old = start is null
            ? null
            : await FittedModel.ReadAsync(collection, start, cancellationToken).ConfigureAwait(false)
                ?? throw new NotFoundException($"Model {start} of collection '{collection.Settings.Name}' is gone; run the command again.");
        var sample = await TrainingSample
            .ReadAsync(context, collection, frames, basis, old, options.MostFrames, cancellationToken)
            .ConfigureAwait(false);
        using var busy = context.Ledger.Busy(Stage.Train);
        context.Ledger.Add(Stage.Train, sample.Count, 4L * sample.Reduced.Length);
        Embedder code;
        if (frames.Count < Embedder.FewestFrames)
        {
            code = PcaEmbedder.From(sample.Reduced, basis.Count);
        }
        else
        {
            var trained = await context
                .ComputeAsync(
                    Stage.Train,
                    () =>
                        context.Trainer.Train(
                            new TrainingSet(sample.Reduced, sample.FilmOf, sample.Old),
                            options,
                            epoch => progress.Report(new ProgressReport("train", epoch.Epoch, options.EpochsFor(sample.Count), 0)),
                            cancellationToken
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await collection
                .Artifacts.TryAddAsync(collection.Names.Model(version, "report.json"), StoreJson.ToBytes(trained.Report), cancellationToken)
                .ConfigureAwait(false);
            code = trained.Code;
        }

        var info = new ModelInfo
        {
            Version = version,
            Method = code is PcaEmbedder ? ModelInfo.StandIn : ModelInfo.Trained,
            Frames = frames.Count,
            Components = basis.Count,
            VarianceKept = basis.VarianceKept,
            Start = start,
            Trainer = code is PcaEmbedder ? null : Trainer,
            Options = options,
            Files = [.. code.ToFiles().Keys.Order(StringComparer.Ordinal)],
        };
        return new FittedModel(info, basis, code);
    }
}
