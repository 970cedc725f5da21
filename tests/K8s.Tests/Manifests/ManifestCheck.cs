using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Everything that can be told of a set of documents without a cluster.</summary>
internal static class ManifestCheck
{
    /// <summary>What is wrong, a sentence each; where a document cannot be loaded, that alone.</summary>
    public static IEnumerable<string> Problems(IEnumerable<YamlMappingNode> documents)
    {
        var all = documents.ToList();
        try
        {
            var manifest = Manifest.Load(string.Join("---\n", all.Select(YamlDocuments.Write)));
            return all.SelectMany(AllowedValues.Problems)
                .Concat(References.Problems(manifest))
                .Concat(Files.Problems(manifest))
                .Concat(Settings.Problems(manifest))
                .Concat(CommandLines.Problems(manifest))
                .ToList();
        }
        catch (FormatException error)
        {
            return [error.Message];
        }
    }
}
