using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Whether what objects say of one another is so: names, labels, ports, files.</summary>
internal static class References
{
    /// <summary>What is wrong, a sentence each.</summary>
    public static IEnumerable<string> Problems(Manifest manifest) =>
        manifest
            .Pods.SelectMany(pod => OfPod(pod, manifest))
            .Concat(manifest.All<V1Deployment>().SelectMany(it => OfOwner(it, it.Spec.Selector, manifest)))
            .Concat(manifest.All<V1StatefulSet>().SelectMany(it => OfOwner(it, it.Spec.Selector, manifest)))
            .Concat(
                manifest
                    .All<V1StatefulSet>()
                    .Where(set => !manifest.All<V1Service>().Any(service => service.Metadata.Name == set.Spec.ServiceName))
                    .Select(set => $"{set.Metadata.Name}: there is no service '{set.Spec.ServiceName}'")
            )
            .Concat(manifest.All<V1PodDisruptionBudget>().SelectMany(it => Finds(it.Metadata.Name, it.Spec.Selector, manifest)))
            .Concat(manifest.All<V1Service>().SelectMany(service => OfService(service, manifest)))
            .Concat(manifest.All<V1NetworkPolicy>().SelectMany(policy => OfPolicy(policy, manifest)))
            .Concat(manifest.All<PodMonitor>().SelectMany(monitor => OfMonitor(monitor, manifest)))
            .Concat(manifest.All<V1Job>().SelectMany(job => OfJob(job.Metadata.Name, job.Spec)))
            .Concat(manifest.All<V1CronJob>().SelectMany(job => OfJob(job.Metadata.Name, job.Spec.JobTemplate.Spec)));

    private static IEnumerable<string> OfPod(Pod pod, Manifest manifest)
    {
        var volumes = (pod.Spec.Volumes ?? []).ToDictionary(volume => volume.Name);
        var claims = manifest
            .All<V1StatefulSet>()
            .SelectMany(set => set.Spec.VolumeClaimTemplates ?? [])
            .Select(claim => claim.Metadata.Name);
        var account = pod.Spec.ServiceAccountName;
        if (account is not null && !manifest.All<V1ServiceAccount>().Any(known => known.Metadata.Name == account))
        {
            yield return $"{pod.Owner}: there is no service account '{account}'";
        }

        foreach (var spread in (pod.Spec.TopologySpreadConstraints ?? []).Where(spread => !pod.IsFoundBy(spread.LabelSelector)))
        {
            yield return $"{pod.Owner}: {spread.TopologyKey} spreads other pods";
        }

        foreach (var map in volumes.Values.Select(volume => volume.ConfigMap?.Name).OfType<string>())
        {
            if (!manifest.ConfigMaps.ContainsKey(map))
            {
                yield return $"{pod.Owner}: there is no config map '{map}'";
            }
        }

        foreach (var problem in pod.Spec.Containers.SelectMany(container => OfContainer(container, [.. volumes.Keys, .. claims], manifest)))
        {
            yield return $"{pod.Owner}: {problem}";
        }

        foreach (var volume in volumes.Keys.Except(pod.Spec.Containers.SelectMany(it => it.VolumeMounts ?? []).Select(it => it.Name)))
        {
            yield return $"{pod.Owner}: nobody mounts '{volume}'";
        }
    }

    private static IEnumerable<string> OfContainer(V1Container container, string[] volumes, Manifest manifest)
    {
        var variables = container.Variables(manifest);
        return (container.EnvFrom ?? [])
            .Select(source => source.ConfigMapRef.Name)
            .Where(name => !manifest.ConfigMaps.ContainsKey(name))
            .Select(name => $"there is no config map '{name}'")
            .Concat(
                (container.VolumeMounts ?? [])
                    .Where(mount => !volumes.Contains(mount.Name))
                    .Select(mount => $"there is no volume '{mount.Name}'")
            )
            .Concat(container.Named().Where(name => !variables.ContainsKey(name)).Select(name => $"no variable is called '{name}'"))
            .Concat(
                (container.Env ?? [])
                    .Select(variable => variable.ValueFrom?.ResourceFieldRef)
                    .OfType<V1ResourceFieldSelector>()
                    .Where(field =>
                        field.ContainerName != container.Name
                        || !container.Resources.Requests.ContainsKey(field.Resource.Replace("requests.", "", StringComparison.Ordinal))
                    )
                    .Select(field => $"'{field.ContainerName}' has no {field.Resource}")
            )
            .Concat(
                Probes(container)
                    .Where(port => !(container.Ports ?? []).Any(given => given.Name == port || $"{given.ContainerPort}" == port))
                    .Select(port => $"a probe asks port '{port}', which is not there")
            );
    }

    private static IEnumerable<string> Probes(V1Container container) =>
        new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }
            .OfType<V1Probe>()
            .Select(probe => $"{probe.HttpGet?.Port ?? probe.TcpSocket.Port}");

    private static IEnumerable<string> OfOwner(k8s.IKubernetesObject<V1ObjectMeta> owner, V1LabelSelector selector, Manifest manifest)
    {
        var found = manifest.Pods.Where(pod => pod.IsFoundBy(selector)).Select(pod => pod.Owner).ToList();
        return found is [var only] && only == $"{owner.Kind} {owner.Metadata.Name}"
            ? []
            : [$"{owner.Metadata.Name} selects {string.Join(", ", found)}"];
    }

    private static IEnumerable<string> Finds(string name, V1LabelSelector selector, Manifest manifest) =>
        selector.MatchLabels is { Count: > 0 } && manifest.Pods.Any(pod => pod.IsFoundBy(selector)) ? [] : [$"{name} selects no pod"];

    private static IEnumerable<string> OfService(V1Service service, Manifest manifest)
    {
        var pods = manifest.Pods.Where(pod => service.Spec.Selector?.All(pod.Has) == true).ToList();
        return pods.Count == 1
            ? service
                .Spec.Ports.Where(port => !pods[0].HasPort($"{port.TargetPort}"))
                .Select(port => $"service {service.Metadata.Name}: {pods[0].Owner} has no port '{port.TargetPort}'")
            : [$"service {service.Metadata.Name} selects {pods.Count} kinds of pods"];
    }

    private static IEnumerable<string> OfPolicy(V1NetworkPolicy policy, Manifest manifest)
    {
        var name = $"policy {policy.Metadata.Name}";
        var pods = manifest.Pods.Where(pod => pod.IsFoundBy(policy.Spec.PodSelector)).ToList();
        var rules = policy.Spec.Ingress ?? [];
        var peers = rules.SelectMany(rule => rule.FromProperty ?? []).Select(peer => peer.PodSelector).OfType<V1LabelSelector>();
        return Finds(name, policy.Spec.PodSelector, manifest)
            .Concat(peers.SelectMany(peer => Finds($"{name}, from", peer, manifest)))
            .Concat(
                rules
                    .SelectMany(rule => rule.Ports)
                    .SelectMany(port =>
                        pods.Where(pod => !pod.HasPort($"{port.Port}")).Select(pod => $"{name}: {pod.Owner} has no '{port.Port}'")
                    )
            );
    }

    private static IEnumerable<string> OfMonitor(PodMonitor monitor, Manifest manifest) =>
        Finds("monitor", monitor.Spec.Selector, manifest)
            .Concat(
                from pod in manifest.Pods
                where pod.IsFoundBy(monitor.Spec.Selector)
                from endpoint in monitor.Spec.PodMetricsEndpoints
                where !pod.HasPort(endpoint.Port) || endpoint.Path != "/metrics"
                select $"monitor: {pod.Owner} has nothing at {endpoint.Port}{endpoint.Path}"
            );

    private static IEnumerable<string> OfJob(string name, V1JobSpec job) =>
        (job.PodFailurePolicy?.Rules ?? [])
            .Select(rule => rule.OnExitCodes)
            .OfType<V1PodFailurePolicyOnExitCodesRequirement>()
            .Where(codes => !job.Template.Spec.Containers.Any(container => container.Name == codes.ContainerName))
            .Select(codes => $"job {name}: no container is called '{codes.ContainerName}'");
}
