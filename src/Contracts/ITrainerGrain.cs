using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>The one trainer of a collection, by its name.</summary>
public interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>Fits the model asked for, or with null brings the map up to date; films place their own frames.</summary>
    /// <returns>The map that is shown then; null where there are no frames.</returns>
    [AlwaysInterleave]
    Task<OperationStatus<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken);
}
