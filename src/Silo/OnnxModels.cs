using System.Collections.Concurrent;
using OrleansAtlas.Actors;
using OrleansAtlas.Engine;
using OrleansAtlas.Features;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo;

/// <summary>The silo's models on ONNX Runtime: one session for each that a collection uses.</summary>
internal sealed class OnnxModels(SiloModels models, FfmpegTools ffmpeg, IImageCodec images, Ledger ledger) : IModels, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(ModelPin, Profile)>> _chosen = new(StringComparer.Ordinal);
    private readonly ModelQueues _queues = new(settings => Open(models.WithChecksum(settings.Model.Sha256, settings.Model.Name), settings.Profile.Provider), ledger);

    /// <summary>Requests that wait for a session.</summary>
    public int Waiting => _queues.Waiting;

    public (ModelPin Pin, Profile Profile) Choose(string? wish)
    {
        var file = models.Choose(wish);
        return _chosen.GetOrAdd(file.Sha256, _ => new(() => Look(file))).Value;
    }

    public DescribeQueue QueueFor(CollectionSettings settings)
    {
        models.WithChecksum(settings.Model.Sha256, settings.Model.Name);
        return _queues.For(settings);
    }

    public void Dispose() => _queues.Dispose();

    // Opened once to learn what runs it; the sessions that work are opened for what a collection pins.
    private (ModelPin, Profile) Look(ModelFile file)
    {
        using var describer = OnnxDescriber.Open(file);
        return (new ModelPin(file.Card.Name, file.Sha256, file.Card.InputSize, Descriptor.Dimensions(file.Card)),
            new Profile(ffmpeg.Version, images.Version, describer.Runtime, describer.Provider, "float32"));
    }

    private static OnnxDescriber Open(ModelFile file, string provider)
    {
        var describer = OnnxDescriber.Open(file, new OnnxOptions { Cuda = provider == "cuda" });
        if (describer.Provider == provider)
        {
            return describer;
        }

        using (describer)
        {
            throw new ModelException($"The collection is described on {provider}, and this silo can only use {describer.Provider}, which gives other numbers; run it on silos that have {provider}.");
        }
    }
}
