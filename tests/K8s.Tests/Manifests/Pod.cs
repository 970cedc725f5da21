using k8s;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>A pod that an object makes.</summary>
/// <param name="Owner">Kind and name of the object.</param>
/// <param name="Labels">The pod's labels.</param>
/// <param name="Spec">The pod.</param>
internal sealed record Pod(string Owner, IDictionary<string, string> Labels, V1PodSpec Spec)
{
    /// <summary>What part of the product it is: <c>silo</c>, <c>web</c> and so on.</summary>
    public string Component => Labels.TryGetValue("app.kubernetes.io/component", out var name) ? name : "";

    /// <summary>Whether one of our own programs runs in it.</summary>
    public bool IsOurs => Component is not ("redis" or "azurite" or "containers");

    /// <summary>The pod of an object that makes any.</summary>
    public static Pod? Of(IKubernetesObject<V1ObjectMeta> made) =>
        made switch
        {
            V1Deployment it => From(it.Spec.Template),
            V1StatefulSet it => From(it.Spec.Template),
            V1Job it => From(it.Spec.Template),
            V1CronJob it => From(it.Spec.JobTemplate.Spec.Template),
            V1Pod it => new Pod($"Pod {it.Metadata.Name}", it.Metadata.Labels, it.Spec),
            _ => null,
        }
            is { } pod
            ? pod with
            {
                Owner = $"{made.Kind} {made.Metadata.Name}",
            }
            : null;

    /// <summary>Whether a selector finds it.</summary>
    public bool IsFoundBy(V1LabelSelector selector) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(Has)
        && (selector.MatchExpressions ?? []).All(wanted =>
            wanted.OperatorProperty == "In" && Labels.TryGetValue(wanted.Key, out var value) && wanted.Values.Contains(value)
        );

    public bool Has(KeyValuePair<string, string> label) => Labels.TryGetValue(label.Key, out var value) && value == label.Value;

    /// <summary>A port of its containers by number or name.</summary>
    public bool HasPort(string port) =>
        Spec.Containers.SelectMany(container => container.Ports ?? []).Any(given => given.Name == port || $"{given.ContainerPort}" == port);

    private static Pod From(V1PodTemplateSpec template) => new("", template.Metadata.Labels, template.Spec);
}
