using k8s;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>What the chart uses of the Prometheus operator's PodMonitor, a kind that Kubernetes itself does not have: the field names are
/// those of monitoring.coreos.com/v1.</summary>
public sealed record PodMonitor : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public PodMonitorSpec Spec { get; set; } = new();
}

/// <summary>Which pods, and where they answer.</summary>
public sealed record PodMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();

    public IList<PodMetricsEndpoint> PodMetricsEndpoints { get; set; } = [];
}

/// <summary>A port of the pods.</summary>
public sealed record PodMetricsEndpoint
{
    public string Port { get; set; } = "";

    public string Path { get; set; } = "";

    public string Interval { get; set; } = "";
}
