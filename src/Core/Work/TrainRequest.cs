using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Work;

/// <summary>A model to fit and the map to make with it.</summary>
/// <param name="Options">How to train.</param>
/// <param name="Rotation">Degrees by which codes are turned.</param>
/// <param name="Stretch">0 leaves the codes' density as it is, 0.75 evens it mostly, 1 evens it out.</param>
/// <param name="Anew">The layout does not begin with the places of the map that is shown.</param>
public sealed record TrainRequest(
    TrainingOptions Options,
    double Rotation = 0,
    double Stretch = PlaceRequest.UsualStretch,
    bool Anew = false
);

/// <summary>A map to make with the model of the map that is shown.</summary>
/// <param name="Rotation">Degrees by which codes are turned.</param>
/// <param name="Stretch">0 leaves the codes' density as it is, 0.75 evens it mostly, 1 evens it out.</param>
public sealed record PlaceRequest(double Rotation = 0, double Stretch = PlaceRequest.UsualStretch)
{
    /// <summary>Strength of the stretch where none is asked for.</summary>
    public const double UsualStretch = 0.75;
}
