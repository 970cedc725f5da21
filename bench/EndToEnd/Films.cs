using OrleansAtlas.Media;

namespace OrleansAtlas.Bench;

/// <summary>A film to measure with.</summary>
internal sealed record Film(string Path, VideoInfo Info, DecodePlan Plan);

internal static class Films
{
    public static async Task<List<Film>> ReadAsync(string folder, Prober prober, Sampling sampling, CancellationToken cancellationToken)
    {
        var films = new List<Film>();
        foreach (var source in SourceFinder.Find([folder], null, cancellationToken))
        {
            if (await prober.ProbeAsync(source.Path, cancellationToken) is ProbeResult.Found found)
            {
                films.Add(new Film(source.Path, found.Info, DecodePlanner.Plan(found.Info, sampling)));
            }
        }

        return films;
    }
}
