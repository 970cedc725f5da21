using OrleansAtlas.Features;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Web.Maps;

/// <summary>Describes, reduces and places a picture or clip as the frames of a map were. The network is opened when first needed and
/// held.</summary>
internal sealed class Finder(WebMapOptions options) : IDisposable
{
    /// <summary>Longest clip in seconds; each of its sampled frames is described.</summary>
    public const double Longest = 300;

    private readonly SemaphoreSlim _one = new(1);
    private (string Collection, WorkContext Tools)? _open;

    /// <summary>Whether networks can be opened and films decoded here.</summary>
    public bool Works => options is { Describer: not null, Ffmpeg: not null };

    /// <summary>The frames of a file in the order of time; a sentence where it cannot be described.</summary>
    public async Task<(OutsideClip? Clip, string? Reason)> DescribeAsync(OpenMap open, string path, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var tools = await Task.Run(() => ToolsFor(open.Map.Collection), cancellationToken);
            return await tools.Prober.ProbeAsync(path, cancellationToken) is ProbeResult.Found { Info.Duration: > Longest and var seconds }
                ? (
                    null,
                    $"It is {seconds:0} s long, and a clip to be found at most {Longest} s; cut out the part that matters, or ask "
                        + "with: atlas similar"
                )
                : (await new ClipDescriber(tools, open.Map).DescribeAsync(path, cancellationToken), null);
        }
        catch (Exception error) when (error is InvalidDataException or ModelException)
        {
            return (null, error.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        Close();
        _one.Dispose();
    }

    private WorkContext ToolsFor(CollectionStore collection)
    {
        if (_open?.Collection != collection.Settings.Name)
        {
            Close();
            var ledger = new Ledger(TimeProvider.System);
            var tools = new WorkContext
            {
                Store = options.Store,
                Images = options.Images,
                Prober = new Prober(options.Ffmpeg!, options.Images),
                Decoder = new FilmDecoder(options.Ffmpeg!, options.Images),
                Describer = new InferenceQueue(() => options.Describer!(collection), ledger),
                MatrixProduct = new ManagedMatrixProduct(),
                Compute = new ComputePool(1),
                Ledger = ledger,
                SegmentSlots = new SemaphoreSlim(1),
                FilmsInFlight = 1,
                Clock = TimeProvider.System,
            };
            _open = (collection.Settings.Name, tools);
        }

        try
        {
            // Here, where it can be told, and not on the queue's own thread.
            _ = _open.Value.Tools.Describer.Describer;
        }
        catch (ModelException)
        {
            Close();
            throw;
        }

        return _open.Value.Tools;
    }

    private void Close()
    {
        if (_open is var (_, tools))
        {
            tools.Describer.Dispose();
            tools.Compute.Dispose();
            tools.SegmentSlots.Dispose();
            _open = null;
        }
    }
}
