using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Hosting.Models;

/// <summary>Models on ONNX Runtime: one session for each that a collection uses. What cannot be opened is logged, and tried again
/// whenever it is asked for.</summary>
public sealed partial class OnnxModelCatalog : IModelCatalog, IDisposable
{
    private readonly ConcurrentDictionary<string, Profile> _profiles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _looking = new(1);
    private readonly IModelSource _models;
    private readonly FfmpegTools _ffmpeg;
    private readonly IImageCodec _images;
    private readonly Ledger _ledger;
    private readonly ILogger<OnnxModelCatalog> _log;
    private readonly InferenceQueues _queues;

    /// <summary>Nothing is opened yet.</summary>
    public OnnxModelCatalog(IModelSource models, FfmpegTools ffmpeg, IImageCodec images, Ledger ledger, ILogger<OnnxModelCatalog> log)
    {
        (_models, _ffmpeg, _images, _ledger, _log) = (models, ffmpeg, images, ledger, log);
        _queues = new InferenceQueues(
            settings =>
            {
                var file = _models.Pinned(settings.Model);
                return () => Open(file, settings.Profile.Provider, settings.Profile.Precision);
            },
            ledger
        );
    }

    /// <summary>Requests that wait for a session.</summary>
    public int Waiting => _queues.Waiting;

    /// <inheritdoc/>
    public async Task<ModelPin> FindAsync(string? nameOrFile, CancellationToken cancellationToken)
    {
        var file = await _models.FindAsync(nameOrFile, cancellationToken).ConfigureAwait(false);
        return new ModelPin(file.Card.Name, file.Sha256, file.Card.InputSize, Descriptor.Dimensions(file.Card));
    }

    /// <inheritdoc/>
    public async Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _profiles.TryGetValue(model.Sha256, out var known)
                ? known
                : await Task.Run(() => Look(model), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc/>
    public InferenceQueue QueueFor(CollectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Profile.Provider != "cuda" || OnnxFeatureExtractor.SeesCuda
            ? _queues.For(settings)
            : throw new ModelException(
                $"Collection '{settings.Name}' is described on cuda, and this machine can only use cpu, which gives other numbers; "
                    + "work on it where there is cuda."
            );
    }

    /// <summary>Opens what is needed and not open yet: the model for new collections, and those of the collections worked on.</summary>
    /// <exception cref="ModelException">One of them cannot be opened.</exception>
    public async Task OpenNeededAsync(CancellationToken cancellationToken)
    {
        await ProfileAsync(await FindAsync(null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await Task.Run(_queues.Open, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the sessions.</summary>
    public void Dispose()
    {
        _queues.Dispose();
        _looking.Dispose();
    }

    // The session that shows what runs the model is kept: a collection that is made is described with it.
    private Profile Look(ModelPin model)
    {
        var file = _models.Pinned(model);
        string? note = null;
        var queue = new InferenceQueue(
            () =>
            {
                var extractor = Open(file, null, null);
                note = extractor.Note;
                return extractor;
            },
            _ledger
        );
        Profile profile;
        try
        {
            var extractor = queue.Extractor;
            profile = new Profile(_ffmpeg.Version, _images.Version, extractor.Runtime, extractor.Provider, extractor.Precision);
        }
        catch
        {
            queue.Dispose();
            throw;
        }

        _queues.Add(model.Sha256, queue);
        if (note is null)
        {
            // Else the GPU may be free the next time.
            _profiles[model.Sha256] = profile;
        }

        return profile;
    }

    private OnnxFeatureExtractor Open(ModelFile file, string? provider, string? precision)
    {
        var what = provider is null ? file.Card.Name : $"{file.Card.Name} on {provider}";
        try
        {
            var extractor = OnnxFeatureExtractor.Open(file, new OnnxOptions { Cuda = provider != "cpu", Precision = precision });
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

            if (extractor.WhySingle is { } why)
            {
                LogSingle(what, why);
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

    [LoggerMessage(LogLevel.Information, "The model {Model} computes in float32: {Reason}")]
    private partial void LogSingle(string model, string reason);

    [LoggerMessage(LogLevel.Information, "The model {Model}, which could not be opened, is open")]
    private partial void LogOpened(string model);

    [LoggerMessage(LogLevel.Warning, "The model {Model} runs on the CPU: {Reason}")]
    private partial void LogNoGpu(string model, string reason);
}
