using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>What the chart uses of the Prometheus operator's PodMonitor, a kind that Kubernetes itself does not have: the field names are
/// those of monitoring.coreos.com/v1.</summary>
public sealed record PodMonitor : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public PodMonitorSpec Spec { get; set; } = new();
}

/// <summary>Which pods, and where they answer.</summary>
public sealed record PodMonitorSpec
{
    [JsonPropertyName("selector")]
    public V1LabelSelector Selector { get; set; } = new();

    [JsonPropertyName("podMetricsEndpoints")]
    public IList<PodMetricsEndpoint> Endpoints { get; set; } = [];
}

/// <summary>A port of the pods.</summary>
public sealed record PodMetricsEndpoint
{
    [JsonPropertyName("port")]
    public string Port { get; set; } = "";

    [JsonPropertyName("path")]
    public string Path { get; set; } = "";

    [JsonPropertyName("interval")]
    public string Interval { get; set; } = "";
}
