using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

/// <summary>The one form of JSON in the store and on the command line: camel case, enums as words, indented, no nulls left out.</summary>
public static class StoreJson
{
    /// <summary>The serializer's settings.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

    /// <summary>A value as UTF-8, ending in a line feed.</summary>
    public static byte[] ToBytes<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads a value.</summary>
    /// <exception cref="DamagedFileException">Not JSON of this type.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new DamagedFileException($"Expected a {typeof(T).Name}, found null.");
        }
        catch (JsonException error)
        {
            throw new DamagedFileException($"Not a {typeof(T).Name}: {error.Message}", error);
        }
    }
}
