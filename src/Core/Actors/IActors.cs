namespace OrleansAtlas.Actors;

/// <summary>How actors reach one another: directly in one process, by grain calls in a cluster.</summary>
public interface IActors
{
    /// <summary>Asks a film to bring itself up to date.</summary>
    Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken);

    /// <summary>Asks for one segment.</summary>
    Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken);

    /// <summary>Asks a film to place its frames with a model.</summary>
    /// <returns>Frames placed in this call; 0 where they were.</returns>
    Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken);

    /// <summary>Asks for one part of the statistics.</summary>
    Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken);
}
