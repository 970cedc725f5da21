using OrleansAtlas.Errors;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Building;

/// <summary>Places one film's frames with a model: reduced vectors and codes, wherever the film lives.</summary>
public sealed class FramePlacer(WorkContext context)
{
    // Films of one collection follow one another, so a few are enough; each takes some megabytes.
    private const int ModelsKept = 4;

    private readonly RecentlyUsed<(string Collection, string Model), FittedModel> _models = new(ModelsKept);

    /// <summary>Places and stores a film's frames, unless that is done for exactly the frames that are there.</summary>
    /// <returns>Frames placed in this call.</returns>
    public async Task<int> PlaceAsync(string collectionName, string videoId, string model, CancellationToken cancellationToken)
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        var all = await collection.SegmentsAsync(videoId, cancellationToken).ConfigureAwait(false);
        var segments = all.Where(segment => segment.Count > 0).ToList();
        var name = collection.Names.Placed(videoId, PlacedFrames.Version(model, new FilmFrames(videoId, segments)));
        if (await collection.Artifacts.ExistsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        using var busy = context.Ledger.Busy(Stage.Place);
        var fitted = await _models
            .GetAsync((collectionName, model), () => ReadAsync(collection, model), cancellationToken)
            .ConfigureAwait(false);
        var rows = new List<(float[] Reduced, float[] Codes)>();
        foreach (var segment in segments)
        {
            var slice = new FrameSlice(videoId, segment.Segment, 0, 1, segment.Count);
            var descriptors = await FeatureReader.ReadAsync(collection, slice, cancellationToken).ConfigureAwait(false);
            rows.Add(await context.ComputeAsync(Stage.Place, () => Place(fitted, descriptors), cancellationToken).ConfigureAwait(false));
        }

        var (count, components) = (segments.Sum(segment => segment.Count), fitted.Basis.Count);
        var placed = PlacedFrames.ToBytes(rows, count, components);
        await collection.Artifacts.TryAddAsync(name, placed, cancellationToken).ConfigureAwait(false);
        context.Ledger.Add(Stage.Place, count, 4L * count * (components + 2));
        return count;
    }

    /// <summary>Opens a model before it is needed, and lets the collection's other ones go.</summary>
    /// <exception cref="NotFoundException">It is not there.</exception>
    public async Task WarmAsync(string collectionName, string model, CancellationToken cancellationToken)
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        _models.Forget(key => key.Collection == collectionName && key.Model != model);
        await _models.GetAsync((collectionName, model), () => ReadAsync(collection, model), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<FittedModel> ReadAsync(CollectionStore collection, string model) =>
        await FittedModel.ReadAsync(collection, model, CancellationToken.None).ConfigureAwait(false)
        ?? throw new NotFoundException($"Model {model} of collection '{collection.Settings.Name}' is not there; run atlas train again.");

    private (float[] Reduced, float[] Codes) Place(FittedModel model, Half[] descriptors)
    {
        var reduced = model.Basis.Project(descriptors, context.MatrixProduct);
        return (reduced, model.Code.Encode(reduced));
    }
}
