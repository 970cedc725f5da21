using k8s;
using k8s.Models;
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

        var loaded = documents.Select(Manifest.LoadOne).ToList();
        var (tried, unseen) = (0, new List<string>());
        foreach (var (index, document) in documents.Index())
        {
            foreach (var (path, parent, key) in YamlDocuments.Keys(document).ToList())
            {
                var wrong = new YamlScalarNode(key.Value + "x");
                Rename(parent, key, wrong);
                tried++;
                if (!IsSeen(document, index, loaded))
                {
                    unseen.Add($"{document["kind"]} {document["metadata"]["name"]}{path}");
                }

                Rename(parent, wrong, key);
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

    private static bool IsSeen(YamlMappingNode changed, int index, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> loaded)
    {
        try
        {
            var manifest = new Manifest([.. loaded.Take(index), Manifest.LoadOne(changed), .. loaded.Skip(index + 1)]);
            return ManifestCheck.Problems(manifest, [changed]).Any();
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static void Rename(YamlMappingNode parent, YamlScalarNode from, YamlScalarNode to)
    {
        var children = parent
            .Children.Select(pair => pair.Key.Equals(from) ? KeyValuePair.Create((YamlNode)to, pair.Value) : pair)
            .ToList();
        parent.Children.Clear();
        foreach (var (key, child) in children)
        {
            parent.Children.Add(key, child);
        }
    }
}
