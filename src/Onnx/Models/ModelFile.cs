using System.Security.Cryptography;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx.Models;

/// <summary>An ONNX file on this machine, its card, and the SHA-256 of its bytes in lower-case hexadecimal.</summary>
public sealed record ModelFile
{
    private ModelFile(ModelCard card, string path, string sha256) => (Card, Path, Sha256) = (card, path, sha256);

    /// <summary>What is known about it.</summary>
    public ModelCard Card { get; }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Checksum of the file as it is, whether or not the card names one.</summary>
    public string Sha256 { get; }

    /// <summary>Takes a file's checksum and compares it with the card's.</summary>
    /// <exception cref="ModelException">No such file, or another file than the card's.</exception>
    public static ModelFile Read(string path, ModelCard card) => Read(path, card, Hash(path));

    internal static ModelFile Read(string path, ModelCard card, string sha256) =>
        card.Sha256 is null || card.Sha256 == sha256
            ? new ModelFile(card, System.IO.Path.GetFullPath(path), sha256)
            : throw new ModelException(
                $"{path} is not the file that the card of {card.Name} describes: its SHA-256 is {sha256}, expected {card.Sha256}; "
                    + $"fetch it again, or write a card for it as {path}.json."
            );

    internal static string Hash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                $"The model {path} cannot be read ({e.Message}); give the path of an ONNX file or the name of a known model.",
                e
            );
        }
    }
}
