using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansAtlas.Work;

/// <summary>A place is an object of its name, path and content id; older versions wrote the name alone.</summary>
internal sealed class FilmPlaceJson : JsonConverter<FilmPlace>
{
    /// <inheritdoc/>
    public override FilmPlace? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new FilmPlace(reader.GetString()!, null);
        }

        var place = JsonSerializer.Deserialize<All>(ref reader, options) ?? throw new JsonException("A place has a name and a path.");
        return new FilmPlace(place.Name, place.Path, place.Id) { Before = place.Before, IsCopy = place.IsCopy };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FilmPlace value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new All(value.Name, value.Path, value.Id, value.Before, value.IsCopy), options);

    private sealed record All(
        string Name,
        string? Path,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Before = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCopy = false
    );
}
