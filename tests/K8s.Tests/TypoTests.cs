using OrleansAtlas.Tests.Manifests;
using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests;

/// <summary>That nothing is wrong with the documents says something only if a fault would be seen: every name of a field is misspelt once,
/// and every word of a field that has a list of them.</summary>
public sealed class TypoTests
{
    public static TheoryData<string> Values => ["tests/K8s.Tests/everything.yaml", "k8s/values/local.yaml"];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_misspelt_name_is_seen(string values)
    {
        var documents = YamlDocuments.Read(await Chart.RenderAsync(values));
        Assert.Equal([], ManifestCheck.Problems(documents));

        var tried = 0;
        var unseen = new List<string>();
        foreach (var document in documents)
        {
            foreach (var (path, parent, key) in YamlDocuments.Keys(document).ToList())
            {
                var value = parent.Children[key];
                Rename(parent, key, new YamlScalarNode(key.Value + "x") { Style = key.Style }, value);
                tried++;
                if (!ManifestCheck.Problems(Affected(documents, document)).Any())
                {
                    unseen.Add($"{document["kind"]} {document["metadata"]["name"]}{path}");
                }

                Rename(parent, parent.Children.Keys.OfType<YamlScalarNode>().Single(it => it.Value == key.Value + "x"), key, value);
            }
        }

        Assert.True(tried > 500, $"{tried} names were tried");
        Assert.Equal([], unseen);
    }

    [Fact]
    public async Task A_misspelt_word_is_seen()
    {
        var documents = YamlDocuments.Read(await Chart.RenderAsync("tests/K8s.Tests/everything.yaml"));

        var unseen = (
            from document in documents
            from entry in YamlDocuments.Keys(document)
            where AllowedValues.Tells(entry.Key.Value!)
            let words = entry.Parent.Children[entry.Key] is YamlSequenceNode list ? list.Children : [entry.Parent.Children[entry.Key]]
            from word in words.OfType<YamlScalarNode>()
            where !IsSeen(documents, word)
            select $"{document["kind"]}{entry.Path}"
        ).ToList();

        Assert.Equal([], unseen);
    }

    private static bool IsSeen(IReadOnlyList<YamlMappingNode> documents, YamlScalarNode word)
    {
        var right = word.Value;
        word.Value += "d";
        try
        {
            return documents.SelectMany(AllowedValues.Problems).Any();
        }
        finally
        {
            word.Value = right;
        }
    }

    // A field that no model has is seen in its document alone; else all have to be looked at.
    private static IReadOnlyList<YamlMappingNode> Affected(IReadOnlyList<YamlMappingNode> documents, YamlMappingNode changed)
    {
        try
        {
            Manifest.LoadOne(YamlDocuments.Write(changed));
            return documents;
        }
        catch (FormatException)
        {
            return [changed];
        }
    }

    private static void Rename(YamlMappingNode parent, YamlScalarNode from, YamlScalarNode to, YamlNode value)
    {
        var children = parent.Children.Select(pair => pair.Key.Equals(from) ? KeyValuePair.Create((YamlNode)to, value) : pair).ToList();
        parent.Children.Clear();
        foreach (var (key, child) in children)
        {
            parent.Children.Add(key, child);
        }
    }
}
