namespace OrleansAtlas.Work;

/// <summary>How indexers, trainer and workers reach one another: directly in one process, by grain calls in a cluster.</summary>
public interface IWorkDispatcher
{
    /// <summary>Asks a film to bring itself up to date.</summary>
    Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken);

    /// <summary>Asks for segments of one film.</summary>
    Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken);

    /// <summary>Asks a film to place its frames with a model.</summary>
    /// <returns>Frames placed in this call; 0 where they were.</returns>
    Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken);

    /// <summary>Asks for one part of the statistics.</summary>
    Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken);

    /// <summary>Asks for a map of all frames that are there.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="request">The model to fit; null to bring the map up to date.</param>
    /// <param name="progress">Told about every part, epoch and film.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The map; null where there are no frames and none was asked for.</returns>
    Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    );
}
