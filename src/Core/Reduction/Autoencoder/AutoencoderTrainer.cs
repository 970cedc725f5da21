namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Fits an autoencoder to reduced vectors. The same vectors, options and processor type give the same bytes: it runs on one thread
/// and takes its random numbers from <see cref="Numerics.Xoshiro256"/>.</summary>
/// <param name="open">Where batches are learnt from; null for this library's own passes.</param>
public sealed class AutoencoderTrainer(Func<TrainingStart, ITrainingSteps>? open = null) : IAutoencoderTrainer
{
    /// <summary>The name of the trainer that needs no other library.</summary>
    public const string Managed = "managed";

    private readonly Func<TrainingStart, ITrainingSteps> _open = open ?? (start => new ManagedSteps(start));

    /// <inheritdoc/>
    public string Name => Managed;

    /// <inheritdoc/>
    public TrainedModel Train(TrainingSet set, TrainingOptions options, Action<EpochReport>? onEpoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        if (set.Old.Length > 0 && set.Old.Length != NetworkShape.Codes * set.FilmOf.Length)
        {
            throw new ArgumentException(
                $"{set.Old.Length} numbers are no old places of {set.FilmOf.Length} frames; give two a frame, or none.",
                nameof(set)
            );
        }

        if (set.FilmOf.Length < 2 || set.Rows.Length == 0 || set.Rows.Length % set.FilmOf.Length != 0)
        {
            throw new ArgumentException(
                $"{set.Rows.Length} numbers for {set.FilmOf.Length} frames; training needs 2 frames or more, each with the same count "
                    + "of numbers.",
                nameof(set)
            );
        }

        return new TrainingRun(set, options, _open).Run(onEpoch, cancellationToken);
    }
}
