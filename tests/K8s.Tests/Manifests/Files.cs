using System.Text.RegularExpressions;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Whether every file that a container is told of is mounted there.</summary>
internal static partial class Files
{
    /// <summary>Secrets that a person makes before the chart is installed, and the files in each: docs/operations.md says how.</summary>
    public static IReadOnlyDictionary<string, string[]> Secrets { get; } =
        new Dictionary<string, string[]>
        {
            ["atlas-web"] = ["key"],
            ["atlas-redis"] = ["password"],
            ["atlas-store"] = ["connection-string"],
            ["atlas-tls"] = ["tls.crt", "tls.key", "ca.crt"],
            ["atlas-redis-tls"] = ["tls.crt", "tls.key", "ca.crt"],
        };

    public static IEnumerable<string> Problems(Manifest manifest) =>
        from pod in manifest.Pods
        from container in pod.Spec.Containers
        from problem in OfContainer(container, pod, manifest)
        select $"{pod.Owner}: {problem}";

    private static IEnumerable<string> OfContainer(V1Container container, Pod pod, Manifest manifest)
    {
        var variables = container.Variables(manifest);
        var mounted = (container.VolumeMounts ?? []).SelectMany(mount => Mounted(mount, pod, manifest)).ToHashSet();
        var told = (container.Command ?? [])
            .Concat(container.Arguments(variables))
            .Concat(pod.Component.StartsWith("split", StringComparison.Ordinal) ? [] : variables.Values)
            .Concat(Scripts(container, pod, manifest));
        var secrets = (container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>();
        return told.SelectMany(text => Named().Matches(text).Select(match => match.Value))
            .Distinct()
            .Where(path => !mounted.Contains(path))
            .Select(path => $"{container.Name} is told of {path}, which is not mounted")
            .Concat(mounted.Where(path => path.Contains('?')).Select(path => $"{container.Name}: {path}"))
            .Concat(
                secrets
                    .Where(secret => !Keys(secret.Name, manifest).Contains(secret.Key))
                    .Select(secret => $"no {secret.Key} in {secret.Name}")
            );
    }

    private static IEnumerable<string> Mounted(V1VolumeMount mount, Pod pod, Manifest manifest)
    {
        var volume = (pod.Spec.Volumes ?? []).FirstOrDefault(volume => volume.Name == mount.Name);
        var map = manifest.ConfigMaps.GetValueOrDefault(volume?.ConfigMap?.Name ?? "");
        IReadOnlyCollection<string> keys = volume?.Secret is { } secret ? Keys(secret.SecretName, manifest) : [.. map?.Keys ?? []];
        var items = volume?.Secret?.Items ?? volume?.ConfigMap?.Items;
        return items is null
            ? keys.Select(key => $"{mount.MountPath}/{key}")
            : items.Select(item => keys.Contains(item.Key) ? $"{mount.MountPath}/{item.Path}" : $"what is '{item.Key}'?");
    }

    private static IReadOnlyCollection<string> Keys(string secret, Manifest manifest) =>
        Secrets.GetValueOrDefault(secret)
        ?? [.. manifest.All<V1Secret>().Where(it => it.Metadata.Name == secret).SelectMany(it => it.StringData.Keys)];

    // What a script and its configuration say, where the command is one that is mounted.
    private static IEnumerable<string> Scripts(V1Container container, Pod pod, Manifest manifest) =>
        from mount in container.VolumeMounts ?? []
        let map = (pod.Spec.Volumes ?? []).FirstOrDefault(volume => volume.Name == mount.Name)?.ConfigMap?.Name
        where map is not null && (container.Command ?? []).Any(word => word.StartsWith(mount.MountPath + "/", StringComparison.Ordinal))
        from text in manifest.ConfigMaps.GetValueOrDefault(map)?.Values ?? []
        select text;

    [GeneratedRegex(@"/(secrets|config|scripts)/[\w./-]+")]
    private static partial Regex Named();
}
