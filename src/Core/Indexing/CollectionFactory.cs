using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>Makes collections, and looks whether one that is there is as it is asked for.</summary>
public static class CollectionFactory
{
    /// <summary>Opens a collection, or makes it as asked for.</summary>
    /// <exception cref="ModelException">The model that is asked for is not here or cannot be opened.</exception>
    public static async Task<CollectionOpening> OpenAsync(
        WorkContext context,
        string name,
        CollectionRequest request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var log = context.Logs.CreateLogger(typeof(CollectionFactory));
        if ((CollectionName.Problem(name) ?? Impossible(request.Sampling)) is { } problem)
        {
            return Refused(problem);
        }

        var collection = await CollectionStore.OpenAsync(context.Store, name, cancellationToken).ConfigureAwait(false);
        var isNew = collection is null;
        if (collection is null)
        {
            var model = await context.Models.FindAsync(request.Model, cancellationToken).ConfigureAwait(false);
            var profile = await context.Models.ProfileAsync(model, cancellationToken).ConfigureAwait(false);

            // Where another process was faster, its settings are what is compared below.
            collection = await CollectionStore
                .CreateAsync(context.Store, Settings(name, request, model, profile), cancellationToken)
                .ConfigureAwait(false);
            log.LogMade(name, model.Name, profile.Provider);
        }

        var refusal =
            Difference(collection.Settings, request)
            ?? await OtherModelAsync(context.Models, collection.Settings, request.Model, cancellationToken).ConfigureAwait(false);
        if (refusal is null)
        {
            return new CollectionOpening(collection, isNew, null);
        }

        return Refused(refusal);

        CollectionOpening Refused(string reason)
        {
            log.LogRefused(name, reason);
            return new CollectionOpening(null, false, reason);
        }
    }

    private static string? Impossible(Sampling? sampling) =>
        sampling is null or { Keep: > 0 and <= 1, FramesPerSecond: null } or { Keep: null, FramesPerSecond: > 0 and <= 1000 }
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"A sampling of keep '{sampling.Keep}' and frames a second '{sampling.FramesPerSecond}' cannot be; give either a share "
                    + $"above 0 and at most 1, or a rate above 0 and at most 1000."
            );

    private static CollectionSettings Settings(string name, CollectionRequest request, ModelPin model, Profile profile) =>
        new()
        {
            Name = name,
            Sampling = request.Sampling ?? new Sampling { Keep = 0.05 },
            Frames = request.Frames ?? FrameFormat.Jpeg,
            Training = request.Training ?? new TrainingOptions(),
            Model = model,
            Profile = profile,
        };

    private static string? Difference(CollectionSettings settings, CollectionRequest request)
    {
        if (request.Sampling is not null && request.Sampling != settings.Sampling)
        {
            return $"Collection '{settings.Name}' was made with {Text(settings.Sampling)}, which stays; leave the option out, or make "
                + "another collection with -c.";
        }

        if (request.Training is not null && request.Training != settings.Training)
        {
            return $"Collection '{settings.Name}' was made with other numbers of training (preset {settings.Training.Preset}), which "
                + $"stay; leave them out and give them to: atlas train -c {settings.Name}";
        }

        return request.Frames is not null && request.Frames != settings.Frames
            ? $"Collection '{settings.Name}' keeps frames as {settings.Frames.ToString().ToLowerInvariant()}, which stays; leave "
                + "--frames out, or make another collection with -c."
            : null;
    }

    private static async Task<string?> OtherModelAsync(
        IModelCatalog models,
        CollectionSettings settings,
        string? nameOrFile,
        CancellationToken cancellationToken
    )
    {
        if (nameOrFile is null)
        {
            return null;
        }

        var (pin, requested) = (settings.Model, await models.FindAsync(nameOrFile, cancellationToken).ConfigureAwait(false));
        return pin.Sha256 == requested.Sha256
            ? null
            : $"Collection '{settings.Name}' is described with {pin.Name} (SHA-256 {pin.Sha256[..12]}...), which stays, and "
                + $"'{nameOrFile}' is another model ({requested.Sha256[..12]}...); leave --model out, or make another collection with -c.";
    }

    private static string Text(Sampling sampling) =>
        sampling.FramesPerSecond is { } fps
            ? string.Create(CultureInfo.InvariantCulture, $"--fps {fps}")
            : string.Create(CultureInfo.InvariantCulture, $"--keep {sampling.Keep}");
}
