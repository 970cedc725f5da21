using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>What a collection's models make of its frames, for pictures: codes before the stretch, positions after it, losses on the
/// way.</summary>
public static class MapDistributions
{
    // More panels than these make a picture that no screen shows.
    private const int MostCodes = 6;

    /// <summary>The codes of the newest map of each preset, loss and deviation that was trained with, the last six; then the positions of
    /// the map given.</summary>
    public static async Task<IReadOnlyList<Distribution>> ReadAsync(AtlasMap map, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        var newest = new OrderedDictionary<string, (MapInfo Info, FittedModel Model)>(StringComparer.Ordinal);
        var shown = map.Info.Method;
        var versions = (await map.Collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Versions;
        foreach (var version in versions.Where(version => version != map.Info.Version).Append(map.Info.Version))
        {
            var info = await map.Collection.OpenMapAsync(version, cancellationToken).ConfigureAwait(false);
            if (await FittedModel.ReadAsync(map.Collection, info.Model, cancellationToken).ConfigureAwait(false) is { } model)
            {
                shown = NameOf(model.Info);
                newest.Remove(shown);
                newest.Add(shown, (info, model));
            }
        }

        var distributions = new List<Distribution>();
        foreach (var (name, (info, model)) in newest.TakeLast(MostCodes).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (
                await map
                    .Collection.ReadArrayAsync<float>(map.Collection.Names.Map(info.Version, "reduced.npy"), cancellationToken)
                    .ConfigureAwait(false) is
                { } reduced
            )
            {
                var codes = info.Stretch.Align(model.Code.Encode(reduced.Values));
                distributions.Add(new Distribution($"Codes: {name}", [.. codes.Select(code => Math.Clamp((code + 1) / 2, 0, 1))]));
            }
        }

        distributions.Add(
            new Distribution(string.Create(CultureInfo.InvariantCulture, $"Map ({map.Info.Stretch.Strength:0.##}): {shown}"), map.Positions)
        );
        return distributions;
    }

    /// <summary>What tells one way of training from another.</summary>
    private static string NameOf(ModelInfo model) =>
        model.Method == ModelInfo.StandIn
            ? "PCA"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Options.Preset}, {model.Options.LossName}, deviation {model.Options.Deviation:0.##}"
            );

    /// <summary>How the training of a map's model went; null where nothing was trained.</summary>
    public static Task<TrainingReport?> ReportAsync(AtlasMap map, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Collection.ReadAsync<TrainingReport>(map.Collection.Names.Model(map.Info.Model, "report.json"), cancellationToken);
    }
}
