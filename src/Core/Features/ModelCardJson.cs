using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Features;

/// <summary>A model card as a small JSON file: camelCase names, <c>nchw</c> or <c>nhwc</c> for the layout, unknown names refused.</summary>
public static class ModelCardJson
{
    // Not source-generated: that would put null for what a card leaves out, not the record's own values.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a card and checks its values.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="source">Where the text is from, for the message.</param>
    /// <exception cref="ModelException">Not a card; the message says what is wrong with it.</exception>
    public static ModelCard Parse(ReadOnlySpan<byte> json, string source)
    {
        ModelCard card;
        try
        {
            card =
                JsonSerializer.Deserialize<ModelCard>(json, Options)
                ?? throw new ModelException($"The model card {source} is empty; write its name, inputSize, dimensions and licence.");
        }
        catch (JsonException e)
        {
            throw new ModelException($"The model card {source} cannot be read: {e.Message}", e);
        }

        var faults = Faults(card).ToList();
        return faults.Count == 0 ? card : throw new ModelException($"The model card {source} cannot be used: {string.Join("; ", faults)}.");
    }

    /// <summary>The card as UTF-8 text, ended by a line feed.</summary>
    public static byte[] ToBytes(ModelCard card) => [.. JsonSerializer.SerializeToUtf8Bytes(card, Options), (byte)'\n'];

    private static IEnumerable<string> Faults(ModelCard card)
    {
        if (card.InputSize is < 16 or > 2048)
        {
            yield return $"inputSize is {card.InputSize}, expected 16 to 2048 pixels";
        }

        if (card.Dimensions is < 2 or > 65536)
        {
            yield return $"dimensions is {card.Dimensions}, expected 2 to 65536";
        }

        if (card.Mean is null || card.Scale is null)
        {
            yield return "mean or scale is null, expected one or three numbers, or nothing";
            yield break;
        }

        if (card.Mean.Count is not (1 or 3) || !card.Mean.All(float.IsFinite))
        {
            yield return $"mean has {card.Mean.Count} numbers, expected one or three finite ones";
        }

        if (card.Scale.Count is not (1 or 3) || !card.Scale.All(scale => float.IsFinite(scale) && scale != 0))
        {
            yield return $"scale has {card.Scale.Count} numbers, expected one or three finite ones other than 0";
        }

        if (card.Sha256 is { } sha && (sha.Length != 64 || !sha.All(char.IsAsciiHexDigitLower)))
        {
            yield return $"sha256 is '{sha}', expected 64 lower-case hexadecimal digits";
        }
    }
}
