using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Web.Maps;

/// <summary>Describes, reduces and places a picture or clip as the frames of a map were, one after the other.</summary>
internal sealed class Finder(WebMapOptions options) : IDisposable
{
    /// <summary>Longest clip in seconds; each of its sampled frames is described.</summary>
    public const double Longest = 300;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Whether films can be decoded here.</summary>
    public bool Works => options.Work is not null;

    /// <summary>The frames of a file in the order of time; a sentence where it cannot be described.</summary>
    public async Task<(OutsideClip? Clip, string? Reason)> DescribeAsync(OpenMap open, string path, CancellationToken cancellationToken)
    {
        var work = options.Work!;
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Opened here, where it can be told, before anything is decoded.
            await Task.Run(() => work.Models.QueueFor(open.Map.Collection.Settings).Extractor, cancellationToken);
            return await work.Prober.ProbeAsync(path, cancellationToken) is ProbeResult.Found { Info.Duration: > Longest and var seconds }
                ? (
                    null,
                    $"It is {seconds:0} s long, and a clip to be found at most {Longest} s; cut out the part that matters, or ask "
                        + "with: atlas similar"
                )
                : (await new ClipDescriber(work, open.Map).DescribeAsync(path, cancellationToken), null);
        }
        catch (AtlasException error)
        {
            return (null, error.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
