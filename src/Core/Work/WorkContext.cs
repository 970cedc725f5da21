using Microsoft.Extensions.Logging;
using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Work;

/// <summary>What indexers, trainers and workers of one process work with. Nothing in here belongs to a collection: any process with the
/// same store can do any piece of work.</summary>
/// <param name="store">Where everything is kept.</param>
/// <param name="ffmpeg">ffmpeg and ffprobe.</param>
/// <param name="images">Still pictures.</param>
/// <param name="models">The networks, opened when first needed.</param>
/// <param name="matrixProduct">Big matrix products.</param>
/// <param name="trainer">Fits autoencoders.</param>
/// <param name="options">How much is done at once.</param>
/// <param name="ledger">The account of this run.</param>
/// <param name="clock">The clock.</param>
/// <param name="logs">Told what fails, is retried, repaired or given up.</param>
/// <param name="remoteFilms">Films that are no files; null where there are none.</param>
public sealed class WorkContext(
    IArtifactStore store,
    FfmpegTools ffmpeg,
    IImageCodec images,
    IModelCatalog models,
    IMatrixProduct matrixProduct,
    IAutoencoderTrainer trainer,
    WorkOptions options,
    Ledger ledger,
    TimeProvider clock,
    ILoggerFactory logs,
    IRemoteFilms? remoteFilms = null
) : IDisposable
{
    /// <summary>Where everything is kept.</summary>
    public IArtifactStore Store { get; } = store;

    /// <summary>ffmpeg and ffprobe.</summary>
    public FfmpegTools Ffmpeg { get; } = ffmpeg;

    /// <summary>Asks ffprobe what a file is.</summary>
    public Prober Prober { get; } = new(ffmpeg, images);

    /// <summary>Has ffmpeg decode segments.</summary>
    public FilmDecoder Decoder { get; } = new(ffmpeg, images);

    /// <summary>Finds and opens films wherever they are.</summary>
    public FilmOpener Films { get; } = new(remoteFilms, logs);

    /// <summary>Still pictures.</summary>
    public IImageCodec Images { get; } = images;

    /// <summary>The networks, opened when first needed.</summary>
    public IModelCatalog Models { get; } = models;

    /// <summary>Big matrix products.</summary>
    public IMatrixProduct MatrixProduct { get; } = matrixProduct;

    /// <summary>Fits autoencoders.</summary>
    public IAutoencoderTrainer Trainer { get; } = trainer;

    /// <summary>How much is done at once.</summary>
    public WorkOptions Options { get; } = options;

    /// <summary>Threads for heavy work.</summary>
    public ComputePool Compute { get; } = new(options.Threads);

    /// <summary>A place for each segment worked on at once in this process.</summary>
    public SemaphoreSlim SegmentSlots { get; } = new(options.SegmentSlots);

    /// <summary>The account of this run.</summary>
    public Ledger Ledger { get; } = ledger;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Told what fails, is retried, repaired or given up.</summary>
    public ILoggerFactory Logs { get; } = logs;

    /// <summary>Ends the threads.</summary>
    /// <summary>Runs a function on one of the threads for heavy work, and counts what it takes of a processor there.</summary>
    public Task<T> ComputeAsync<T>(Stage stage, Func<T> work, CancellationToken cancellationToken) =>
        Compute.RunAsync(
            () =>
            {
                using var counted = Ledger.OnThread(stage);
                return work();
            },
            cancellationToken
        );

    /// <inheritdoc cref="ComputeAsync{T}"/>
    public Task ComputeAsync(Stage stage, Action work, CancellationToken cancellationToken) =>
        ComputeAsync(
            stage,
            () =>
            {
                work();
                return true;
            },
            cancellationToken
        );

    public void Dispose()
    {
        Compute.Dispose();
        SegmentSlots.Dispose();
    }
}
