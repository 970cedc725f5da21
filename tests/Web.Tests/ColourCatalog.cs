using OrleansAtlas.Features;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>The only model is <see cref="ColourDescriber"/>.</summary>
internal sealed class ColourCatalog(Ledger ledger) : IModelCatalog, IDisposable
{
    private readonly InferenceQueue _queue = new(() => new ColourDescriber(), ledger);

    public Task<ModelPin> FindAsync(string? wish, CancellationToken cancellationToken) =>
        Task.FromResult(
            new ModelPin("colours", new string('c', 64), _queue.Extractor.Card.InputSize, Descriptor.Dimensions(_queue.Extractor.Card))
        );

    public Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken) =>
        Task.FromResult(new Profile("ffmpeg", "libvips", _queue.Extractor.Runtime, _queue.Extractor.Provider, "float32"));

    public InferenceQueue QueueFor(CollectionSettings settings) => _queue;

    public void Dispose() => _queue.Dispose();
}
