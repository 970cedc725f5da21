using System.Collections.Concurrent;
using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo;

/// <summary>The silo's models on ONNX Runtime: one session for each that a collection uses. What cannot be opened is logged,
/// and tried again whenever it is asked for.</summary>
internal sealed partial class OnnxModelCatalog : IModelCatalog, IDisposable
{
    private readonly ConcurrentDictionary<string, (ModelPin, Profile)> _chosen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly Lock _looking = new();
    private readonly SiloModels _models;
    private readonly FfmpegTools _ffmpeg;
    private readonly IImageCodec _images;
    private readonly ILogger<OnnxModelCatalog> _log;
    private readonly InferenceQueues _queues;

    public OnnxModelCatalog(SiloModels models, FfmpegTools ffmpeg, IImageCodec images, Ledger ledger, ILogger<OnnxModelCatalog> log)
    {
        (_models, _ffmpeg, _images, _log) = (models, ffmpeg, images, log);
        _queues = new InferenceQueues(settings => Open(Pinned(settings), settings.Profile.Provider), ledger);
    }

    /// <summary>Requests that wait for a session.</summary>
    public int Waiting => _queues.Waiting;

    public (ModelPin Pin, Profile Profile) Choose(string? name)
    {
        var file = _models.Choose(name);
        lock (_looking)
        {
            return _chosen.TryGetValue(file.Sha256, out var known) ? known : Look(file);
        }
    }

    public InferenceQueue QueueFor(CollectionSettings settings)
    {
        Pinned(settings);
        return settings.Profile.Provider != "cuda" || OnnxFeatureExtractor.SeesCuda
            ? _queues.For(settings)
            : throw new ModelException(
                $"Collection '{settings.Name}' is described on cuda, and this silo can only use cpu, which gives other numbers; "
                    + "run it on silos that have cuda."
            );
    }

    /// <summary>Opens what is needed and not open yet: the model for new collections, and those of the collections worked on.</summary>
    /// <exception cref="ModelException">One of them cannot be opened.</exception>
    public void OpenNeeded()
    {
        Choose(null);
        _queues.Open();
    }

    public void Dispose() => _queues.Dispose();

    private ModelFile Pinned(CollectionSettings settings) => _models.WithChecksum(settings.Model.Sha256, settings.Model.Name);

    // Opened once to learn what runs it; the sessions that work are opened for what a collection pins.
    private (ModelPin, Profile) Look(ModelFile file)
    {
        using var extractor = Open(file, null);
        var choice = (
            new ModelPin(file.Card.Name, file.Sha256, file.Card.InputSize, Descriptor.Dimensions(file.Card)),
            new Profile(_ffmpeg.Version, _images.Version, extractor.Runtime, extractor.Provider, "float32")
        );
        if (extractor.Note is null)
        {
            // Else the GPU may be free the next time.
            _chosen[file.Sha256] = choice;
        }

        return choice;
    }

    private OnnxFeatureExtractor Open(ModelFile file, string? provider)
    {
        var what = provider is null ? file.Card.Name : $"{file.Card.Name} on {provider}";
        try
        {
            var extractor = OnnxFeatureExtractor.Open(file, new OnnxOptions { Cuda = provider != "cpu" });
            if (provider is not null && extractor.Provider != provider)
            {
                using (extractor)
                {
                    throw new ModelException(
                        $"The model {what} can only be opened on {extractor.Provider} now, which gives other numbers: {extractor.Note}"
                    );
                }
            }

            if (extractor.Note is { } note)
            {
                LogNoGpu(what, note);
            }

            if (_faults.TryRemove(what, out _))
            {
                LogOpened(what);
            }

            return extractor;
        }
        catch (ModelException error)
        {
            // Said once, not with every segment that is given back.
            if (_faults.GetValueOrDefault(what) != error.Message)
            {
                LogFault(what, error.Message);
            }

            _faults[what] = error.Message;
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The model {Model} cannot be opened, tried again whenever it is asked for: {Reason}")]
    private partial void LogFault(string model, string reason);

    [LoggerMessage(LogLevel.Information, "The model {Model}, which could not be opened, is open")]
    private partial void LogOpened(string model);

    [LoggerMessage(LogLevel.Warning, "The model {Model} runs on the CPU: {Reason}")]
    private partial void LogNoGpu(string model, string reason);
}
