using OrleansAtlas.Features;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>A network of four numbers a square, all the same: what the test says for the n-th frame that is described, from 0.</summary>
internal sealed class FakeNetwork(Func<int, float> number) : IFeatureExtractor
{
    private int _begun;
    private int _underWay;

    /// <summary>Frames being described at this moment.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Frames that were to be described so far.</summary>
    public int Begun => Volatile.Read(ref _begun);

    public ModelCard Card { get; } =
        new()
        {
            Name = "none",
            InputSize = 8,
            Dimensions = 4,
            Licence = "none",
        };

    public string Provider => "cpu";

    public string Runtime => "none";

    public int BatchSize => Descriptor.SquaresPerFrame;

    public int Lanes { get; init; } = 2;

    public void Describe(ReadOnlySpan<byte> squares, int count, Span<float> descriptors)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            descriptors.Fill(number(Interlocked.Increment(ref _begun) - 1));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Dispose() { }
}

/// <summary>Knows one network, whatever is asked for.</summary>
internal sealed class FakeCatalog(IFeatureExtractor network) : IModelCatalog, IDisposable
{
    private readonly InferenceQueue _queue = new(() => network, new Ledger(TimeProvider.System));

    public Task<ModelPin> FindAsync(string? nameOrFile, CancellationToken cancellationToken) =>
        Task.FromResult(
            new ModelPin(nameOrFile ?? network.Card.Name, new string('0', 64), network.Card.InputSize, Descriptor.Dimensions(network.Card))
        );

    public Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken) =>
        Task.FromResult(new Profile("none", "none", network.Runtime, network.Provider, "float32"));

    public InferenceQueue QueueFor(CollectionSettings settings) => _queue;

    public void Dispose() => _queue.Dispose();
}
