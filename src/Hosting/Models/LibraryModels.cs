using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Store;

namespace OrleansAtlas.Hosting.Models;

// Why: docs/decisions/default-model.md
/// <summary>The models of a person's machine: known ones by name, which may be fetched, and files by path, which are remembered by checksum
/// so that a later call need not name them again.</summary>
internal sealed partial class LibraryModels(AtlasOptions options, ILogger<LibraryModels> log) : IModelSource
{
    private readonly ModelLibrary _library = new();

    // Finding a model takes the checksum of its file, tens of megabytes.
    private readonly ConcurrentDictionary<string, ModelFile> _found = new(StringComparer.Ordinal);

    private string Remembered => Path.Combine(_library.Folder, "given");

    public async Task<ModelFile> FindAsync(string? nameOrFile, CancellationToken cancellationToken)
    {
        var (model, notice) = await _library.ChooseAsync(nameOrFile, null, cancellationToken).ConfigureAwait(false);
        if (notice is not null)
        {
            LogStandIn(log, notice);
        }

        if (nameOrFile is not null && File.Exists(nameOrFile))
        {
            Remember(model);
        }

        return _found[model.Sha256] = model;
    }

    public ModelFile Pinned(ModelPin model) => _found.TryGetValue(model.Sha256, out var found) ? found : _found[model.Sha256] = Find(model);

    private ModelFile Find(ModelPin model) =>
        Given(model)
        ?? Known(model)
        ?? _library.FindPinned(model.Name, model.Sha256)
        ?? throw new ModelException(
            $"The collection was made with the model {model.Name} (SHA-256 {model.Sha256[..12]}...), which is no longer here: what it "
                + "holds can be drawn and searched, new films need another collection (-c NAME) or the file of that model "
                + "(--model FILE)."
        );

    private ModelFile? Given(ModelPin pin)
    {
        if (options.Model is null)
        {
            return null;
        }

        var given = _library.Find(options.Model);
        if (given.Sha256 != pin.Sha256)
        {
            throw new ModelException(
                $"The collection is described with {pin.Name} (SHA-256 {pin.Sha256[..12]}...), and '{options.Model}' is another model "
                    + $"({given.Sha256[..12]}...); leave --model out, or give the file of that model."
            );
        }

        Remember(given);
        return given;
    }

    private ModelFile? Known(ModelPin pin)
    {
        var remembered = Path.Combine(Remembered, pin.Sha256);
        return
            File.Exists(remembered)
            && File.ReadAllText(remembered).Trim() is var path
            && File.Exists(path)
            && _library.Find(path) is var model
            && model.Sha256 == pin.Sha256
            ? model
            : null;
    }

    private void Remember(ModelFile model)
    {
        Directory.CreateDirectory(Remembered);
        File.WriteAllText(Path.Combine(Remembered, model.Sha256), model.Path + "\n");
    }

    [LoggerMessage(LogLevel.Warning, "{Notice}")]
    private static partial void LogStandIn(ILogger log, string notice);
}
