using Orleans.Placement;
using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="Video"/> and <see cref="Placer"/>; gone when either has ended.</summary>
[ActivationCountBasedPlacement]
internal sealed class VideoGrain(Tools tools, IActors actors, Placer placer, Patience patience) : Grain, IVideoGrain
{
    private readonly Errand<VideoReceipt> _index = new(patience, tools.Clock);
    private readonly Errand<int> _place = new(patience, tools.Clock);

    public Task<Poll<VideoReceipt>> IndexAsync(CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        var video = new Video(tools, actors);
        return this.GoneAfterAsync(_index.AskAsync("index", (_, stop) => video.IndexAsync(collection, id, stop), cancellationToken));
    }

    public Task<Poll<int>> PlaceAsync(string model, CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        return this.GoneAfterAsync(_place.AskAsync(model, (_, stop) => placer.PlaceAsync(collection, id, model, stop), cancellationToken));
    }

    // Segments that this film asked for are not its own: they end by themselves, and the next activation finds them in the store.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.WhenAll(_index.AbandonAsync(), _place.StopAsync(cancellationToken));
}
