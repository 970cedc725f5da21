using k8s;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>A set of documents, each loaded into the model of its kind: a field that the kind does not have is an error.</summary>
internal sealed class Manifest
{
    private static readonly Dictionary<string, Type> MoreKinds = new() { ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor) };

    private Manifest(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects) => Objects = objects;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    /// <summary>All pods that the objects make.</summary>
    public IReadOnlyList<Pod> Pods => [.. Objects.Select(Pod.Of).OfType<Pod>()];

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public IReadOnlyDictionary<string, IDictionary<string, string>> ConfigMaps =>
        All<V1ConfigMap>().ToDictionary(map => map.Metadata.Name, map => map.Data);

    /// <summary>Loads documents.</summary>
    /// <exception cref="FormatException">What is wrong with the first document that has a fault.</exception>
    public static Manifest Load(string yaml) =>
        new([.. YamlDocuments.Read(yaml).Select(document => LoadOne(YamlDocuments.Write(document)))]);

    public static IKubernetesObject<V1ObjectMeta> LoadOne(string yaml)
    {
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
