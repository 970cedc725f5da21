using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client;

/// <summary>The tools of this process: what it takes to index, train and draw on one machine.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly OnnxMatrixProduct _matrixProduct = new();

    private Workbench(IArtifactStore store, FfmpegTools ffmpeg, Func<IFeatureExtractor> open)
    {
        Ffmpeg = ffmpeg;
        var clock = TimeProvider.System;
        var slots = Environment.ProcessorCount;
        var ledger = new Ledger(clock, slots + 1);
        Tools = new WorkContext
        {
            Store = store,
            Images = Images,
            Prober = new Prober(ffmpeg, Images),
            Decoder = new FilmDecoder(ffmpeg, Images),
            Describer = new InferenceQueue(open, ledger),
            MatrixProduct = _matrixProduct,
            Compute = new ComputePool(slots),
            Ledger = ledger,
            SegmentSlots = new SemaphoreSlim(slots + 1),
            FilmsInFlight = slots + 2,
            SegmentsPerFilm = slots + 1,
            Clock = clock,
        };
        Engine = new LocalEngine(Tools);
    }

    /// <summary>The picture library.</summary>
    public static VipsImageCodec Images => VipsLibrary.TryLoad(out var reason) ? Codec.Value : throw new UsageException(reason);

    private static readonly Lazy<VipsImageCodec> Codec = new(() => new VipsImageCodec());

    public FfmpegTools Ffmpeg { get; }

    public WorkContext Tools { get; }

    public LocalEngine Engine { get; }

    /// <summary>Finds ffmpeg and the picture library; the model is opened when a frame is to be described.</summary>
    public static async Task<Workbench> OpenAsync(
        IArtifactStore store,
        Func<IFeatureExtractor> open,
        CancellationToken cancellationToken
    ) =>
        await FfmpegTools.FindAsync(cancellationToken) switch
        {
            FfmpegLookup.Found found => new Workbench(store, found.Tools, open),
            FfmpegLookup.Missing missing => throw new UsageException(missing.Reason),
            _ => throw new InvalidOperationException("Not reached."),
        };

    public void Dispose()
    {
        Tools.Describer.Dispose();
        Tools.Compute.Dispose();
        Tools.SegmentSlots.Dispose();
        _matrixProduct.Dispose();
    }
}
