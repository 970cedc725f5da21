using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Quality;

// Why: docs/decisions/judging-a-map.md
/// <summary>What was found out about a map.</summary>
/// <param name="Figures">Of the whole map.</param>
/// <param name="Trust">Of each frame; NaN where it was not measured.</param>
/// <param name="Drift">Of the frames that were not in training; 1 where all were, null where the model cannot tell.</param>
/// <param name="Newcomers">How these lie; null where there are none, or the model cannot tell.</param>
internal sealed record MapEvaluation(MapFigures Figures, float[] Trust, double? Drift, Newcomers? Newcomers);

/// <summary>Judges a map that is being made, on all its frames or an evenly spread share of them.</summary>
internal static class MapEvaluator
{
    // Their vectors are in memory while the map is judged.
    private const int MostFrames = 1 << 17;

    public static async Task<MapEvaluation> JudgeAsync(
        WorkContext context,
        CollectionStore collection,
        MapWriter files,
        FittedModel model,
        float[] positions,
        CancellationToken cancellationToken
    )
    {
        var count = positions.Length / 2;
        var step = (count + MostFrames - 1) / MostFrames;
        var numbers = Enumerable.Range(0, (count + step - 1) / step).Select(i => i * step).ToArray();
        var reduced = await files.ReadReducedAsync(numbers, cancellationToken).ConfigureAwait(false);
        var places = numbers.SelectMany(i => (float[])[positions[2 * i], positions[2 * i + 1]]).ToArray();
        var quality = await context
            .ComputeAsync(Stage.Place, () => MapQuality.Measure(reduced, places, model.Basis.Count, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var trust = Enumerable.Repeat(float.NaN, count).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            trust[numbers[i]] = quality.Trust[i];
        }

        var figures = new MapFigures(
            quality.Trustworthiness,
            quality.Continuity,
            quality.NeighboursKept,
            quality.LogRatioCorrelation,
            PlacementCoverage.Of(positions),
            quality.Neighbours,
            quality.FramesMeasured
        );
        var trained = await MapDrift.TrainedAsync(collection, model, cancellationToken).ConfigureAwait(false);
        var newcomers = trained is null
            ? null
            : await context
                .ComputeAsync(
                    Stage.Place,
                    () =>
                    {
                        bool[] known = [.. NewcomersMeasure.Known(files.Frames, trained).Where((_, i) => i % step == 0)];
                        var width = model.Basis.Count;
                        return NewcomersMeasure.Of(reduced, places, width, known, quality.NeighboursKept, step, cancellationToken);
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        return new MapEvaluation(
            figures,
            trust,
            await MapDrift.MeasureAsync(context, collection, files.Frames, model, trained, cancellationToken).ConfigureAwait(false),
            newcomers
        );
    }
}
