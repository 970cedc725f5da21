using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Everything that can be told of a set of documents without a cluster.</summary>
internal static class ManifestCheck
{
    /// <summary>What is wrong, a sentence each; where a document cannot be loaded, that alone.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<YamlMappingNode> documents)
    {
        try
        {
            return [.. Problems(Manifest.Load(documents), documents)];
        }
        catch (FormatException error)
        {
            return [error.Message];
        }
    }

    /// <summary>What is wrong with documents that could be loaded.</summary>
    public static IEnumerable<string> Problems(Manifest manifest, IEnumerable<YamlMappingNode> documents) =>
        documents
            .SelectMany(AllowedValues.Problems)
            .Concat(References.Problems(manifest))
            .Concat(Files.Problems(manifest))
            .Concat(Settings.Problems(manifest))
            .Concat(CommandLines.Problems(manifest));
}
