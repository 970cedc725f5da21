using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client;

/// <summary>Which model file describes a collection's frames.</summary>
internal static class ModelChoice
{
    // Files given by path are remembered by checksum, so that a later call need not name them again.
    private static string RememberedFolder => Path.Combine(ModelLibrary.DefaultFolder, "given");

    /// <summary>The model of a collection that is being made: the one asked for, or the best one here.</summary>
    public static async Task<ModelFile> ForNewAsync(string? wish, CancellationToken cancellationToken)
    {
        var (model, notice) = await new ModelLibrary().ChooseAsync(wish, null, cancellationToken);
        if (notice is not null)
        {
            await Console.Error.WriteLineAsync(notice);
        }

        Remember(wish, model);
        return model;
    }

    /// <summary>The model that a collection pins.</summary>
    /// <exception cref="ModelException">Another one was asked for, or this machine does not have it.</exception>
    public static ModelFile ForExisting(CollectionSettings settings, string? wish)
    {
        var pin = settings.Model;
        if (wish is not null)
        {
            var wished = new ModelLibrary().Find(wish);
            Remember(wish, wished);
            return wished.Sha256 == pin.Sha256
                ? wished
                : throw new UsageException(
                    $"Collection '{settings.Name}' is described with {pin.Name} (SHA-256 {pin.Sha256[..12]}...), which stays, "
                        + $"and '{wish}' is another model ({wished.Sha256[..12]}...); leave --model out, or make another "
                        + "collection with -c."
                );
        }

        return Given(pin)
            ?? new ModelLibrary().FindPinned(pin.Name, pin.Sha256)
            ?? throw new ModelException(
                $"Collection '{settings.Name}' was made with the model {pin.Name} (SHA-256 {pin.Sha256[..12]}...), which is no "
                    + "longer here: what it "
                    + "holds can be drawn and searched, new films need another collection (-c NAME) or the file of that model "
                    + "(--model FILE)."
            );
    }

    private static ModelFile? Given(ModelPin pin)
    {
        var remembered = Path.Combine(RememberedFolder, pin.Sha256);
        return
            File.Exists(remembered)
            && File.ReadAllText(remembered).Trim() is var path
            && File.Exists(path)
            && new ModelLibrary().Find(path) is var model
            && model.Sha256 == pin.Sha256
            ? model
            : null;
    }

    private static void Remember(string? wish, ModelFile model)
    {
        if (wish is not null && File.Exists(wish))
        {
            Directory.CreateDirectory(RememberedFolder);
            File.WriteAllText(Path.Combine(RememberedFolder, model.Sha256), model.Path + "\n");
        }
    }
}
