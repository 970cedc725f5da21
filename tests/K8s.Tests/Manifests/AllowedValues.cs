using YamlDotNet.RepresentationModel;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Words that a field may have and names that a map may have, which the models leave open.</summary>
internal static class AllowedValues
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["concurrencyPolicy"] = ["Allow", "Forbid", "Replace"],
        ["imagePullPolicy"] = ["Always", "IfNotPresent", "Never"],
        ["restartPolicy"] = ["Always", "Never", "OnFailure"],
        ["completionMode"] = ["Indexed", "NonIndexed"],
        ["action"] = ["Ignore", "FailJob", "FailIndex", "Count"],
        ["operator"] = ["In", "NotIn", "Exists", "Equal"],
        ["effect"] = ["NoSchedule", "PreferNoSchedule", "NoExecute"],
        ["whenUnsatisfiable"] = ["DoNotSchedule", "ScheduleAnyway"],
        ["fsGroupChangePolicy"] = ["Always", "OnRootMismatch"],
        ["type"] = ["RuntimeDefault", "DisruptionTarget"],
        ["medium"] = ["Memory"],
        ["policyTypes"] = ["Ingress", "Egress"],
        ["accessModes"] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"],
        ["topologyKey"] = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
        ["drop"] = ["ALL"],
    };

    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["labels"] =
        [
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/component",
            "app.kubernetes.io/version",
            "azure.workload.identity/use",
            "orleans-atlas/client",
        ],
        ["annotations"] = ["checksum/config", "azure.workload.identity/client-id", "helm.sh/hook", "helm.sh/hook-delete-policy"],
        ["requests"] = ["cpu", "memory", "storage"],
        ["limits"] = ["memory", "nvidia.com/gpu"],
        ["nodeSelector"] = ["kubernetes.azure.com/scalesetpriority", "pool"],
        ["matchLabels"] =
        [
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/component",
            "orleans-atlas/client",
            "kubernetes.io/metadata.name",
        ],
    };

    /// <summary>Fields whose words are told here.</summary>
    public static bool Tells(string field) => Words.ContainsKey(field);

    public static IEnumerable<string> Problems(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.SelectMany(pair => OfField($"{pair.Key}", pair.Value).Concat(Problems(pair.Value))),
            YamlSequenceNode list => list.Children.SelectMany(Problems),
            _ => [],
        };

    private static IEnumerable<string> OfField(string field, YamlNode value)
    {
        IEnumerable<YamlNode> given = value is YamlSequenceNode list ? list.Children : [value];
        var words = Words.GetValueOrDefault(field) is { } allowed
            ? given.OfType<YamlScalarNode>().Select(word => word.Value!).Except(allowed)
            : [];
        var names =
            Names.GetValueOrDefault(field) is { } known && value is YamlMappingNode map
                ? map.Children.Keys.Select(key => $"{key}").Except(known)
                : [];
        return words.Concat(names).Select(what => $"{field}: '{what}' is nothing that is known");
    }
}
