using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client;

/// <summary>What a person asked a collection to be; null where they did not say.</summary>
internal sealed record CollectionRequest(double? Keep, double? Fps, string? Model, string? Frames, TrainingOptions? Training = null)
{
    /// <summary>The wished sampling, or the default one.</summary>
    public Sampling Sampling => Fps is { } fps ? new Sampling { FramesPerSecond = fps } : new Sampling { Keep = Keep ?? 0.05 };

    /// <summary>The wished way to keep frames, or the default one.</summary>
    public FrameFormat Format => Frames == "raw" ? FrameFormat.Raw : FrameFormat.Jpeg;

    /// <summary>Says what of the wish can never be.</summary>
    public void Check()
    {
        if (Keep is not null && Fps is not null)
        {
            throw new UsageException("--keep and --fps are two ways to say the same; give one of them.");
        }

        if (Keep is { } keep && !(keep > 0 && keep <= 1))
        {
            throw new UsageException($"--keep {keep} is not above 0 and at most 1; 0.05 keeps every twentieth frame.");
        }

        if (Fps is { } fps && !(fps > 0 && fps <= 1000))
        {
            throw new UsageException($"--fps {fps} is not above 0 and at most 1000; 2 keeps two frames a second.");
        }

        if (Frames is not (null or "jpeg" or "raw"))
        {
            throw new UsageException($"--frames '{Frames}' is neither jpeg nor raw; leave it out for jpeg.");
        }
    }
}

/// <summary>A collection made or opened for writing, with the tools to work on it.</summary>
internal sealed class CollectionOpening : IDisposable
{
    private readonly bool _new;

    private CollectionOpening(CollectionStore collection, Workbench workbench, bool isNew) =>
        (Collection, Workbench, _new) = (collection, workbench, isNew);

    public CollectionStore Collection { get; }

    public Workbench Workbench { get; }

    /// <summary>Opens the collection that this call names, or makes it as wished.</summary>
    public static Task<CollectionOpening> OpenAsync(Invocation call, CollectionRequest wish, CancellationToken cancellationToken)
    {
        wish.Check();
        return OpenAsync(call.OpenStore(write: true), call.CollectionName(), wish, cancellationToken);
    }

    /// <summary>Opens a collection, or makes it as wished.</summary>
    public static async Task<CollectionOpening> OpenAsync(
        IArtifactStore store,
        string name,
        CollectionRequest wish,
        CancellationToken cancellationToken
    )
    {
        var collection = await CollectionStore.OpenAsync(store, name, cancellationToken);
        var chosen = collection is null ? await ModelChoice.ForNewAsync(wish.Model, cancellationToken) : null;
        var model = new Lazy<ModelFile>(() => chosen ?? ModelChoice.ForExisting(collection!.Settings, wish.Model));
        var workbench = await Workbench.OpenAsync(store, () => OnnxFeatureExtractor.Open(model.Value), cancellationToken);
        try
        {
            if (collection is not null)
            {
                CheckSame(collection.Settings, wish);
                if (wish.Model is not null)
                {
                    _ = model.Value;
                }

                return new CollectionOpening(collection, workbench, isNew: false);
            }

            var settings = Settings(name, wish, model.Value, workbench);
            return new CollectionOpening(await CollectionStore.CreateAsync(store, settings, cancellationToken), workbench, isNew: true);
        }
        catch
        {
            workbench.Dispose();
            throw;
        }
    }

    /// <summary>Takes back a collection that this call made and that nothing came into.</summary>
    public async Task DiscardIfNewAsync(CancellationToken cancellationToken)
    {
        if (!_new)
        {
            return;
        }

        var names = new List<string>();
        await foreach (var entry in Collection.Artifacts.ListAsync(Collection.Settings.Name + "/", cancellationToken))
        {
            names.Add(entry.Name);
        }

        foreach (var name in names)
        {
            await Collection.Artifacts.DeleteAsync(name, cancellationToken);
        }
    }

    public void Dispose() => Workbench.Dispose();

    private static CollectionSettings Settings(string name, CollectionRequest wish, ModelFile model, Workbench workbench)
    {
        var describer = workbench.Tools.Describer.Describer;
        return new CollectionSettings
        {
            Name = name,
            Sampling = wish.Sampling,
            Frames = wish.Format,
            Training = wish.Training ?? new TrainingOptions(),
            Model = new ModelPin(model.Card.Name, model.Sha256, model.Card.InputSize, Features.Descriptor.Dimensions(model.Card)),
            Profile = new Profile(
                workbench.Ffmpeg.Version,
                workbench.Tools.Images.Version,
                describer.Runtime,
                describer.Provider,
                "float32"
            ),
        };
    }

    private static void CheckSame(CollectionSettings settings, CollectionRequest wish)
    {
        var sampling = settings.Sampling.FramesPerSecond is { } fps ? $"--fps {fps}" : $"--keep {settings.Sampling.Keep}";
        if ((wish.Keep is not null || wish.Fps is not null) && wish.Sampling != settings.Sampling)
        {
            throw new UsageException(
                $"Collection '{settings.Name}' was made with {sampling}, which stays; leave the option out, or make another "
                    + "collection with -c."
            );
        }

        if (wish.Training is not null && wish.Training != settings.Training)
        {
            throw new UsageException(
                $"Collection '{settings.Name}' was made with other numbers of training (preset {settings.Training.Preset}), which "
                    + $"stay; leave them out and give them to: atlas train -c {settings.Name}"
            );
        }

        if (wish.Frames is not null && wish.Format != settings.Frames)
        {
            throw new UsageException(
                $"Collection '{settings.Name}' keeps frames as {settings.Frames.ToString().ToLowerInvariant()}, which stays; leave "
                    + "--frames out, or make another collection with -c."
            );
        }
    }
}
