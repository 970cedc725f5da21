using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Work;

/// <summary>What the actors of one process work with. Nothing in here belongs to a collection: any process with the
/// same tools can do any piece of work.</summary>
public sealed record WorkContext
{
    /// <summary>Where everything is kept.</summary>
    public required IArtifactStore Store { get; init; }

    /// <summary>ffprobe.</summary>
    public required Prober Prober { get; init; }

    /// <summary>ffmpeg.</summary>
    public required FilmDecoder Decoder { get; init; }

    /// <summary>Still pictures.</summary>
    public required IImageCodec Images { get; init; }

    /// <summary>The network, opened when first needed.</summary>
    public required InferenceQueue Describer { get; init; }

    /// <summary>Big matrix products.</summary>
    public required IMatrixProduct MatrixProduct { get; init; }

    /// <summary>Threads for heavy work.</summary>
    public required ComputePool Compute { get; init; }

    /// <summary>The account of this run.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>Segments worked on at once in this process.</summary>
    public required SemaphoreSlim SegmentSlots { get; init; }

    /// <summary>Films worked on at once; more than slots, so that a slot is never free while a film is being probed.</summary>
    public required int FilmsInFlight { get; init; }

    /// <summary>Segments of one film under way at once: at least two, so that one decodes while the last frames of the other are
    /// described.</summary>
    public int SegmentsPerFilm { get; init; } = 2;

    /// <summary>Parts of the statistics made at once; for rows of D numbers each takes 4 D² bytes of memory where it is made, and 8 KiB D
    /// for its block.</summary>
    public int PartsInFlight { get; init; } = 2;

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }
}
