using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client;

/// <summary>What the options of <c>index</c> and <c>submit</c> ask a collection to be.</summary>
internal static class CollectionFlags
{
    /// <summary>Reads options, each null where it was not given.</summary>
    /// <exception cref="UsageException">One of them can never be.</exception>
    public static CollectionRequest Read(double? keep, double? fps, string? model, string? frames, TrainingOptions? training)
    {
        if (keep is not null && fps is not null)
        {
            throw new UsageException("--keep and --fps are two ways to say the same; give one of them.");
        }

        if (keep is not (null or (> 0 and <= 1)))
        {
            throw new UsageException($"--keep {keep} is not above 0 and at most 1; 0.05 keeps every twentieth frame.");
        }

        if (fps is not (null or (> 0 and <= 1000)))
        {
            throw new UsageException($"--fps {fps} is not above 0 and at most 1000; 2 keeps two frames a second.");
        }

        return new CollectionRequest(
            keep is null && fps is null ? null : new Sampling { Keep = keep, FramesPerSecond = fps },
            frames switch
            {
                null => null,
                "jpeg" => FrameFormat.Jpeg,
                "raw" => FrameFormat.Raw,
                _ => throw new UsageException($"--frames '{frames}' is neither jpeg nor raw; leave it out for jpeg."),
            },
            model,
            training
        );
    }
}
