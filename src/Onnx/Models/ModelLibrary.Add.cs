using System.Security.Cryptography;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Import;

namespace OrleansAtlas.Onnx.Models;

public sealed partial class ModelLibrary
{
    /// <summary>MD5 of Keras's weights file (keras/applications/xception.py).</summary>
    private const string XceptionMd5 = "b0042744bf5b25fce3cb969f33bebb97";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    /// <summary>Fetches a known model, checks it, converts it and puts it into <see cref="Folder"/>.</summary>
    /// <param name="name">Only <c>xception</c> can be fetched.</param>
    /// <param name="progress">Told the bytes that have come.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="ModelException">It cannot be fetched, or what came is something else.</exception>
    public async Task<ModelFile> AddAsync(string name, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (name != KnownModels.Xception)
        {
            throw new ModelException(
                KnownModels.Find(name) is null
                    ? $"There is no known model '{name}'; known are {string.Join(", ", KnownModels.Cards.Select(card => card.Name))}."
                    : $"The model {name} cannot be fetched; {KnownModels.WayOut(name)}."
            );
        }

        var address = KnownModels.Find(KnownModels.Xception)!.Address!;
        var weights = await Download.ReadAsync(address, ConnectLimit, SilenceLimit, progress, cancellationToken);
        var md5 = Md5(weights);
        return md5 == XceptionMd5
            ? await WriteXceptionAsync(weights, address, cancellationToken)
            : throw new ModelException(
                $"What came from {address} is not Keras's weights file: its MD5 is {md5}, expected {XceptionMd5}; "
                    + "something on the way answers in its place."
            );
    }

    /// <summary>Makes <c>xception</c> from Keras's weights file.</summary>
    /// <param name="path"><c>xception_weights_tf_dim_ordering_tf_kernels_notop.h5</c>; another file of the same layout is taken under the
    /// card's name too, with a note.</param>
    /// <param name="cancellationToken">Stops before the model is written.</param>
    /// <exception cref="ModelException">Not such a file.</exception>
    public async Task<ModelFile> AddXceptionFromFileAsync(string path, CancellationToken cancellationToken)
    {
        byte[] weights;
        try
        {
            weights = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The weights file {path} cannot be read ({e.Message}); give the path of Keras's .h5 file.", e);
        }

        return await WriteXceptionAsync(weights, path, cancellationToken);
    }

    private async Task<ModelFile> WriteXceptionAsync(byte[] weights, string source, CancellationToken cancellationToken)
    {
        var card = KnownModels.Find(KnownModels.Xception)!;
        if (Md5(weights) != XceptionMd5)
        {
            var note = $"Made from weights other than Keras's own ({Path.GetFileName(source)}): what they are good for is not known here.";
            card = card with { Note = note, Licence = "not known", Address = null };
        }

        try
        {
            var model = await Task.Run(() => XceptionWriter.Write(new KerasWeights(weights)), cancellationToken);
            return await WriteAsync(model, card, cancellationToken);
        }
        catch (DamagedFileException e)
        {
            throw new ModelException($"The model xception cannot be made from {source}: {e.Message}", e);
        }
    }

    /// <summary>Graph and card appear whole, the card first, since a graph without it would be taken for the shipped card's.</summary>
    private async Task<ModelFile> WriteAsync(byte[] model, ModelCard card, CancellationToken cancellationToken)
    {
        var path = KeptPath(card.Name);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        card = card with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(model)) };
        try
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllBytesAsync(temporary, model, cancellationToken);
            await File.WriteAllBytesAsync($"{temporary}.json", ModelCardJson.ToBytes(card), cancellationToken);
            PutAside(card.Name, path, card.Sha256);
            File.Move($"{temporary}.json", $"{path}.json", overwrite: true);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                $"The model {card.Name} cannot be written to {Folder} ({e.Message}); make room there, or set ATLAS_CACHE to "
                    + "another folder.",
                e
            );
        }
        finally
        {
            File.Delete(temporary);
            File.Delete($"{temporary}.json");
        }

        return ModelFile.Read(path, card);
    }

    /// <summary>Collections pin a model's very bytes: a model that another one replaces stays findable for them.</summary>
    private void PutAside(string name, string path, string next)
    {
        if (File.Exists(path) && ModelFile.Hash(path) is var sha256 && sha256 != next)
        {
            var aside = Path.Combine(Folder, ReplacedName(name, sha256));
            var card = File.Exists($"{path}.json") ? File.ReadAllBytes($"{path}.json") : ModelCardJson.ToBytes(KnownModels.Find(name)!);
            File.WriteAllBytes($"{aside}.json", card);
            File.Move(path, aside, overwrite: true);
        }
    }

    private static string Md5(byte[] file)
    {
#pragma warning disable CA5351 // Not for secrecy: it is the checksum that Keras publishes.
        return Convert.ToHexStringLower(MD5.HashData(file));
#pragma warning restore CA5351
    }
}
