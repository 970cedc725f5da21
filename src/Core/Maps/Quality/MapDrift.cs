using OrleansAtlas.Reduction;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Quality;

/// <summary>Whether films that came after the training fit the model: see <see cref="Embedder.Drift"/>.</summary>
internal static class MapDrift
{
    /// <summary>Above this a new training is recommended.</summary>
    public const double Limit = 1.1;

    // Their descriptors are read again: one file a segment.
    private const int MostSegments = 256;
    private const int MostFrames = 4096;

    /// <summary>The films a model was trained on; null where nothing was trained.</summary>
    public static async Task<MapFilms?> TrainedAsync(CollectionStore collection, FittedModel model, CancellationToken cancellationToken) =>
        model.Info.Method == ModelInfo.StandIn
            ? null
            : await collection
                .ReadAsync<MapFilms>(collection.Names.Model(model.Info.Version, "films.json"), cancellationToken)
                .ConfigureAwait(false);

    /// <returns>1 where all films were in training, null where nothing is known.</returns>
    public static async Task<double?> MeasureAsync(
        WorkContext context,
        CollectionStore collection,
        FrameSet frames,
        FittedModel model,
        MapFilms? known,
        CancellationToken cancellationToken
    )
    {
        var trained = known?.Films.Select(film => film.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        var segments = frames
            .Films.Where(film => !trained.Contains(film.Id))
            .SelectMany(film => film.Segments.Select(segment => (film.Id, segment)))
            .ToList();
        if (segments.Count == 0 || model.Info.Method == ModelInfo.StandIn)
        {
            return model.Info.Method == ModelInfo.StandIn ? null : 1;
        }

        var (reduced, outside) = (new List<float>(), new List<float>());
        var every = ((segments.Count - 1) / MostSegments) + 1;
        var step = (segments.Where((_, i) => i % every == 0).Sum(segment => segment.segment.Count) / MostFrames) + 1;
        for (var i = 0; i < segments.Count; i += every)
        {
            var (id, segment) = segments[i];
            var slice = new FrameSlice(id, segment.Segment, 0, step, ((segment.Count - 1) / step) + 1);
            var descriptors = await FeatureReader.ReadAsync(collection, slice, cancellationToken).ConfigureAwait(false);
            await context
                .ComputeAsync(
                    Stage.Place,
                    () =>
                    {
                        var rows = model.Basis.Project(descriptors, context.MatrixProduct);
                        reduced.AddRange(rows);
                        outside.AddRange(model.Basis.Outside(descriptors, rows));
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        return await context
            .ComputeAsync(
                Stage.Place,
                () => model.Code.Drift(reduced.ToArray(), outside.ToArray(), model.Basis.RelativeVariance),
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
