using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>A set of documents, each loaded into the model of its kind: a field that the kind does not have is an error.</summary>
internal sealed class Manifest(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects)
{
    private static readonly Dictionary<string, Type> MoreKinds = new() { ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor) };

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects => objects;

    /// <summary>All pods that the objects make.</summary>
    public IReadOnlyList<Pod> Pods { get; } = [.. objects.Select(Pod.Of).OfType<Pod>()];

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public IReadOnlyDictionary<string, IDictionary<string, string>> ConfigMaps { get; } =
        objects.OfType<V1ConfigMap>().ToDictionary(map => map.Metadata.Name, map => map.Data);

    /// <summary>Loads documents.</summary>
    /// <exception cref="FormatException">What is wrong with the first document that has a fault.</exception>
    public static Manifest Load(string yaml) => Load(YamlDocuments.Read(yaml));

    /// <inheritdoc cref="Load(string)"/>
    public static Manifest Load(IEnumerable<YamlMappingNode> documents) => new([.. documents.Select(LoadOne)]);

    /// <summary>Loads one document.</summary>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static IKubernetesObject<V1ObjectMeta> LoadOne(YamlMappingNode document)
    {
        var yaml = YamlDocuments.Write(document);
        try
        {
            var loaded = KubernetesYaml.LoadAllFromString(yaml, MoreKinds, strict: true).Single();
            return loaded as IKubernetesObject<V1ObjectMeta> ?? throw new FormatException($"{loaded.GetType()} has no name");
        }
        catch (Exception error) when (error is not FormatException)
        {
            throw new FormatException($"{error.InnerException?.Message ?? error.Message}\n{yaml}", error);
        }
    }
}
