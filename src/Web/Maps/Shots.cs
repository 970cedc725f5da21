using System.Numerics.Tensors;

namespace OrleansAtlas.Web.Maps;

// Why: docs/decisions/web-map-search.md
/// <summary>Where the shots of a film begin, told by its vectors: at steps that are long beside its usual ones.</summary>
internal static class Shots
{
    private const int Sampled = 32;

    // Of the steps these are within a shot, as long as there are that many.
    private const double QuietSteps = 0.25;
    private const float TimesQuiet = 4;

    // Of the film's spread: no less is a cut, however still it stands; more always is, however often it cuts.
    private const float LeastOfSpread = 0.25f;
    private const float MostOfSpread = 0.5f;

    // Of the map's spread: what a film of a single shot does is no cut.
    private const float LeastOfMap = 0.1f;

    /// <summary>Numbers of the rows at which a shot begins, rising, 0 first; none where there are no rows.</summary>
    /// <param name="vectors">Rows of the film, one after the other, in the order of time.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="mapSpread"><see cref="Spread"/> of rows of the whole map.</param>
    public static List<int> Starts(ReadOnlySpan<float> vectors, int width, float mapSpread)
    {
        var count = vectors.Length / width;
        if (count == 0)
        {
            return [];
        }

        var steps = new float[count - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = TensorPrimitives.Distance(vectors.Slice(i * width, width), vectors.Slice((i + 1) * width, width));
        }

        var quiet = steps.Length == 0 ? 0 : steps.Order().ElementAt((int)(QuietSteps * steps.Length));
        var spread = Spread(vectors, width);
        var cut = Math.Max(LeastOfMap * mapSpread, Math.Clamp(TimesQuiet * quiet, LeastOfSpread * spread, MostOfSpread * spread));
        return [0, .. Enumerable.Range(1, steps.Length).Where(row => steps[row - 1] > cut)];
    }

    /// <summary>Mean distance between rows, of at most 32 that are evenly spread; 0 where there are fewer than two.</summary>
    public static float Spread(ReadOnlySpan<float> vectors, int width)
    {
        var count = vectors.Length / width;
        var taken = Math.Min(Sampled, count);
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < taken; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = ((int)((long)i * count / taken), (int)((long)j * count / taken));
                sum += TensorPrimitives.Distance(vectors.Slice(a * width, width), vectors.Slice(b * width, width));
                pairs++;
            }
        }

        return pairs == 0 ? 0 : (float)(sum / pairs);
    }
}
