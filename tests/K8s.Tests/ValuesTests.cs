using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace OrleansAtlas.Tests;

/// <summary>The table of values, the values themselves and their schema name the same.</summary>
public sealed partial class ValuesTests
{
    private static readonly string Folder = Path.Combine(TestFiles.Repository, Chart.Folder);

    [Fact]
    public void The_table_has_every_value_with_its_default() =>
        Assert.Equal(
            Values().Select(value => $"{value.Key} {value.Value}"),
            Row()
                .Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
                .Select(row => $"{row.Groups[1].Value} {Plain(row.Groups[2].Value)}")
        );

    [Fact]
    public void The_schema_knows_every_value_and_no_other()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "values.schema.json")))!.AsObject();

        // What Helm itself hands to every chart.
        Assert.Equal(Values().Select(value => value.Key).Order(), Leaves(schema, schema, "").Where(name => name != "global").Order());
        Assert.All(Objects(schema), made => Assert.False(made["additionalProperties"]!.GetValue<bool>()));
    }

    // A value is what a person gives as one: resources, places and lists of peers are.
    private static IReadOnlyList<KeyValuePair<string, string>> Values()
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var values = yaml.Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(Folder, "values.yaml")));
        return [.. Flatten(JsonSerializer.SerializeToNode(Normal(values))!.AsObject(), "")];
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonObject values, string path) =>
        values.SelectMany(pair =>
            pair.Value is JsonObject { Count: > 0 } nested && pair.Key != "resources"
                ? Flatten(nested, $"{path}{pair.Key}.")
                : [KeyValuePair.Create(path + pair.Key, Plain(pair.Value?.ToJsonString() ?? ""))]
        );

    private static object? Normal(object? value) =>
        value switch
        {
            IDictionary<object, object> map => map.ToDictionary(pair => $"{pair.Key}", pair => Normal(pair.Value)),
            IDictionary<string, object> map => map.ToDictionary(pair => pair.Key, pair => Normal(pair.Value)),
            IList<object> list => list.Select(Normal).ToList(),
            _ => value,
        };

    private static IEnumerable<string> Leaves(JsonObject schema, JsonObject node, string path) =>
        node["properties"] is JsonObject properties && !path.EndsWith("resources.", StringComparison.Ordinal)
            ? properties.SelectMany(pair => Leaves(schema, pair.Value!.AsObject(), $"{path}{pair.Key}."))
            : [path.TrimEnd('.')];

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonObject made => made.SelectMany(pair => Objects(pair.Value)).Concat(made["properties"] is null ? [] : [made]),
            JsonArray list => list.SelectMany(Objects),
            _ => [],
        };

    private static string Plain(string value) => value is "\"\"" ? value : value.Trim('"');

    [GeneratedRegex(@"(?m)^\| `([\w.]+)` \| `([^`]*)` \|")]
    private static partial Regex Row();
}
