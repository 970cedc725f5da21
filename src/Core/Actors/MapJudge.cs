using OrleansAtlas.Maps;
using OrleansAtlas.Reduction;
using OrleansAtlas.Store;

namespace OrleansAtlas.Actors;

/// <summary>What was found out about a map.</summary>
/// <param name="Figures">Of the whole map.</param>
/// <param name="Trust">Of each frame; NaN where it was not measured.</param>
/// <param name="Drift">Of the frames that were not in training; 1 where all were, null where nothing reconstructs.</param>
internal sealed record Judgement(MapFigures Figures, float[] Trust, double? Drift);

/// <summary>Judges a map that is being made, on all its frames or an evenly spread share of them.</summary>
internal static class MapJudge
{
    /// <summary>Above this drift a new training is recommended.</summary>
    public const double DriftLimit = 1.5;

    // Their vectors are in memory while the map is judged.
    private const int MostFrames = 1 << 17;

    public static async Task<Judgement> JudgeAsync(Tools tools, CollectionStore collection, MapFiles files, MapModel model, float[] positions, CancellationToken cancellationToken)
    {
        var count = positions.Length / 2;
        var step = (count + MostFrames - 1) / MostFrames;
        var numbers = Enumerable.Range(0, (count + step - 1) / step).Select(i => i * step).ToArray();
        var reduced = await files.ReadReducedAsync(numbers, cancellationToken).ConfigureAwait(false);
        var places = numbers.SelectMany(i => (float[])[positions[2 * i], positions[2 * i + 1]]).ToArray();
        var quality = await tools.Compute.RunAsync(() => MapQuality.Measure(reduced, places, model.Basis.Count, cancellationToken), cancellationToken).ConfigureAwait(false);
        var trust = Enumerable.Repeat(float.NaN, count).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            trust[numbers[i]] = quality.Trust[i];
        }

        var figures = new MapFigures(quality.Trustworthiness, quality.Continuity, quality.NeighboursKept, quality.LogRatioCorrelation, PlacementCoverage.Of(positions), quality.Neighbours, quality.FramesMeasured);
        return new Judgement(figures, trust, await DriftAsync(collection, files, model, numbers, reduced, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<double?> DriftAsync(CollectionStore collection, MapFiles files, MapModel model, int[] numbers, float[] reduced, CancellationToken cancellationToken)
    {
        var known = await collection.ReadAsync<MapFilms>(collection.Names.Model(model.Info.Version, "films.json"), cancellationToken).ConfigureAwait(false);
        var trained = known?.Films.Select(film => film.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        var isNew = files.Frames.Films.SelectMany(film => Enumerable.Repeat(!trained.Contains(film.Id), film.Count)).ToArray();
        var width = model.Basis.Count;
        var rows = Enumerable.Range(0, numbers.Length).Where(row => isNew[numbers[row]]).SelectMany(row => reduced[(row * width)..((row + 1) * width)]).ToArray();
        return rows.Length > 0 ? model.Code.Drift(rows) : model.Info.Method == MapMaker.StandIn ? null : 1;
    }
}
