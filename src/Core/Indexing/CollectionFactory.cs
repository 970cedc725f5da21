using OrleansAtlas.Features;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>Makes a collection in a cluster, or checks that the one that is there is the one that is meant.</summary>
internal static class CollectionFactory
{
    /// <summary>Makes the collection as wished, unless it is there.</summary>
    /// <returns>Why it cannot be the one that is meant; null where all is well.</returns>
    public static async Task<string?> OpenAsync(
        WorkContext tools,
        IModelCatalog models,
        string name,
        CollectionRequest wish,
        CancellationToken cancellationToken
    )
    {
        var collection = await CollectionStore.OpenAsync(tools.Store, name, cancellationToken).ConfigureAwait(false);
        if (collection is null)
        {
            var (pin, profile) = await tools.Compute.RunAsync(() => models.Choose(wish.Model), cancellationToken).ConfigureAwait(false);
            collection = await CollectionStore
                .CreateAsync(tools.Store, Settings(name, wish, pin, profile), cancellationToken)
                .ConfigureAwait(false);
        }

        var settings = collection.Settings;
        return wish.Sampling is not null && wish.Sampling != settings.Sampling
                ? $"Collection '{name}' was made with another sampling ({Text(settings.Sampling)}), which stays; leave the option "
                    + "out, or make another collection with -c."
            : wish.Frames is not null && wish.Frames != settings.Frames
                ? $"Collection '{name}' keeps frames as {settings.Frames.ToString().ToLowerInvariant()}, which stays; leave "
                    + "--frames out, or make another collection with -c."
            : wish.Training is not null && wish.Training != settings.Training
                ? $"Collection '{name}' was made with other numbers of training (preset {settings.Training.Preset}), which stay; "
                    + $"leave them out and give them to atlas train -c {name}."
            : wish.Model is not null
            && (await tools.Compute.RunAsync(() => models.Choose(wish.Model), cancellationToken).ConfigureAwait(false)).Pin.Sha256
                != settings.Model.Sha256
                ? $"Collection '{name}' is described with {settings.Model.Name}, which stays, and '{wish.Model}' is another model; "
                    + "leave --model out, or make another collection with -c."
            : null;
    }

    private static CollectionSettings Settings(string name, CollectionRequest wish, ModelPin pin, Profile profile) =>
        new()
        {
            Name = name,
            Sampling = wish.Sampling ?? new Sampling { Keep = 0.05 },
            Frames = wish.Frames ?? FrameFormat.Jpeg,
            Training = wish.Training ?? new TrainingOptions(),
            Model = pin,
            Profile = profile,
        };

    private static string Text(Sampling sampling) =>
        sampling.FramesPerSecond is { } fps
            ? FormattableString.Invariant($"--fps {fps}")
            : FormattableString.Invariant($"--keep {sampling.Keep}");
}
