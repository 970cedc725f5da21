using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>The one trainer of a collection, by its name.</summary>
[Alias("atlas.trainer")]
public interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>Fits the model asked for, or with null brings the map up to date; each film places its own frames.</summary>
    /// <returns>The current map afterwards; null if there are no frames.</returns>
    [AlwaysInterleave, Alias("make-map")]
    Task<OperationStatus<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken);
}
