using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>The documents of a YAML file, as text and as trees.</summary>
internal static class YamlDocuments
{
    /// <summary>Those that hold anything.</summary>
    public static IReadOnlyList<YamlMappingNode> Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    public static string Write(YamlNode node)
    {
        var text = new StringWriter();
        new YamlStream(new YamlDocument(node)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    /// <summary>Every key and value of a tree, with the names that lead to it.</summary>
    public static IEnumerable<(string Path, YamlMappingNode Parent, YamlScalarNode Key)> Keys(YamlNode node, string path = "") =>
        node switch
        {
            YamlMappingNode map => map.Children.SelectMany(pair =>
                Keys(pair.Value, $"{path}/{pair.Key}").Prepend(($"{path}/{pair.Key}", map, (YamlScalarNode)pair.Key))
            ),
            YamlSequenceNode list => list.Children.SelectMany((item, index) => Keys(item, $"{path}[{index}]")),
            _ => [],
        };
}
