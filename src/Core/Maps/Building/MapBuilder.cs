using OrleansAtlas.Errors;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Reduction;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Building;

/// <summary>Makes a map version: asks every film to place its frames, puts the results together, judges the map and publishes it.</summary>
internal sealed class MapBuilder(WorkContext context, IWorkDispatcher dispatcher, CollectionStore collection)
{
    /// <summary>A map whose stretch fits these frames, aligned with the map that is shown.</summary>
    public async Task<MapReceipt> MakeAsync(
        FrameSet frames,
        string model,
        double rotation,
        double strength,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        await PlaceFilmsAsync(frames, model, progress, cancellationToken).ConfigureAwait(false);
        var codes = await CodesAsync(frames, model, cancellationToken).ConfigureAwait(false);
        var alignment = await MapAligner.FindAsync(collection, frames, model, codes, cancellationToken).ConfigureAwait(false);
        var stretch = await context
            .ComputeAsync(Stage.Place, () => Stretch.Fit(codes, rotation, strength, alignment), cancellationToken)
            .ConfigureAwait(false);
        return await FinishAsync(frames, model, stretch, codes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A map with the frozen rotation and stretch of another: frames on both are at the same place.</summary>
    public async Task<MapReceipt> MakeAsync(
        FrameSet frames,
        string model,
        Stretch stretch,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var version = VersionOf(frames, model, stretch);
        if (
            await collection.ReadAsync<MapInfo>(collection.Names.Map(version, "map.json"), cancellationToken).ConfigureAwait(false) is
            { } present
        )
        {
            await collection.PublishMapAsync(version, cancellationToken).ConfigureAwait(false);
            return new MapReceipt(version, model, present.Frames, false, present.Note);
        }

        await PlaceFilmsAsync(frames, model, progress, cancellationToken).ConfigureAwait(false);
        var codes = await CodesAsync(frames, model, cancellationToken).ConfigureAwait(false);
        return await FinishAsync(frames, model, stretch, codes, cancellationToken).ConfigureAwait(false);
    }

    private async Task PlaceFilmsAsync(
        FrameSet frames,
        string model,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var placed = new StepProgress(progress, "place", frames.Films.Count);
        await Parallel
            .ForEachAsync(
                frames.Films,
                new ParallelOptions { MaxDegreeOfParallelism = context.Options.FilmsInFlight, CancellationToken = cancellationToken },
                async (film, token) =>
                {
                    await dispatcher.PlaceVideoAsync(collection.Settings.Name, film.Id, model, token).ConfigureAwait(false);
                    placed.Add();
                }
            )
            .ConfigureAwait(false);
    }

    private async Task<float[]> CodesAsync(FrameSet frames, string model, CancellationToken cancellationToken)
    {
        var codes = new float[frames.Count * 2];
        var row = 0;
        foreach (var film in frames.Films)
        {
            var placed = await PlacedFrames.ReadAsync(collection, film, model, cancellationToken).ConfigureAwait(false);
            placed.Codes.CopyTo(codes, row * 2);
            row += film.Count;
        }

        return codes;
    }

    private async Task<MapReceipt> FinishAsync(
        FrameSet frames,
        string modelVersion,
        Stretch stretch,
        float[] codes,
        CancellationToken cancellationToken
    )
    {
        using var busy = context.Ledger.Busy(Stage.Place);
        var version = VersionOf(frames, modelVersion, stretch);
        if (
            await collection.ReadAsync<MapInfo>(collection.Names.Map(version, "map.json"), cancellationToken).ConfigureAwait(false) is
            { } present
        )
        {
            await collection.PublishMapAsync(version, cancellationToken).ConfigureAwait(false);
            return new MapReceipt(version, modelVersion, present.Frames, false, present.Note);
        }

        var model =
            await FittedModel.ReadAsync(collection, modelVersion, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException(
                $"Model {modelVersion} of collection '{collection.Settings.Name}' is gone; fit one again with: atlas train -c "
                    + collection.Settings.Name
            );
        var positions = stretch.Apply(codes);
        var files = new MapWriter(collection, version, model, frames);
        await files.WriteFilmsAsync(cancellationToken).ConfigureAwait(false);
        await files.WriteTimesAsync(cancellationToken).ConfigureAwait(false);
        await files.WriteAsync<float>("positions.npy", positions, [positions.Length / 2, 2], cancellationToken).ConfigureAwait(false);
        await files.WriteReducedAsync(cancellationToken).ConfigureAwait(false);
        var judged = await MapEvaluator.JudgeAsync(context, collection, files, model, positions, cancellationToken).ConfigureAwait(false);
        await files.WriteAsync<float>("trust.npy", judged.Trust, [judged.Trust.Length], cancellationToken).ConfigureAwait(false);
        var info = new MapInfo
        {
            Version = version,
            Model = modelVersion,
            Method = model.Info.Method,
            Frames = frames.Count,
            Components = model.Info.Components,
            VarianceKept = model.Info.VarianceKept,
            Stretch = stretch,
            Quality = judged.Figures,
            Drift = judged.Drift,
            Newcomers = judged.Newcomers,
            Note = NoteOf(model.Info, judged, frames),
        };
        await collection
            .Artifacts.TryAddAsync(collection.Names.Map(version, "map.json"), StoreJson.ToBytes(info), cancellationToken)
            .ConfigureAwait(false);

        // The list of maps names none that a loss of power could take.
        await collection.Artifacts.FlushAsync(cancellationToken).ConfigureAwait(false);
        await collection.PublishMapAsync(version, cancellationToken).ConfigureAwait(false);
        return new MapReceipt(version, modelVersion, frames.Count, true, info.Note);
    }

    private static string VersionOf(FrameSet frames, string model, Stretch stretch) =>
        ArtifactNames.Version(frames.Version, model, System.Text.Encoding.UTF8.GetString(StoreJson.ToBytes(stretch)));

    private string? NoteOf(ModelInfo model, MapEvaluation judged, FrameSet frames) =>
        model.Method == ModelInfo.StandIn
            ? $"With {frames.Count} frames, fewer than {Embedder.FewestFrames}, the first two components of PCA stand in for the "
                + "autoencoder."
        : judged.Newcomers is { Lost: > Newcomers.MostLost } added
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The {added.Frames:N0} frames of newer films keep {added.NeighboursKept:0.00} of their neighbours, those of the training "
                    + $"kept {added.KeptBefore:0.00}: atlas train -c {collection.Settings.Name} brings back about "
                    + $"{added.Lost:0.00} on the whole map."
            )
        : judged.Drift > MapDrift.Limit
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"New frames fit the model badly (drift {judged.Drift:0.00}, above {MapDrift.Limit}): atlas train -c "
                    + $"{collection.Settings.Name} fits it again."
            )
        : null;
}
