using k8s.Models;
using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>What the chart renders is what Kubernetes takes, hangs together, and is known to our programs.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Values => Chart.Values;

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Every_document_is_without_fault(string values) =>
        Assert.Equal([], ManifestCheck.Problems(YamlDocuments.Read(await Chart.RenderAsync(values))));

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Pods_have_no_rights_and_a_limit(string values)
    {
        var pods = Manifest.Load(await Chart.RenderAsync(values)).Pods;

        Assert.All(
            pods,
            pod =>
            {
                Assert.False(pod.Spec.AutomountServiceAccountToken, pod.Owner);
                Assert.False(pod.Spec.EnableServiceLinks, pod.Owner);
                Assert.True(pod.Spec.SecurityContext.RunAsNonRoot, pod.Owner);
                Assert.NotEqual(0, pod.Spec.SecurityContext.RunAsUser ?? 0);
                Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
            }
        );
        Assert.All(
            pods.SelectMany(pod => pod.Spec.Containers),
            container =>
            {
                var context = container.SecurityContext;
                Assert.False(context.AllowPrivilegeEscalation);
                Assert.True(context.ReadOnlyRootFilesystem);
                Assert.Equal(["ALL"], context.Capabilities.Drop);
                Assert.Null(context.Capabilities.Add);
                Assert.True(container.Resources.Limits.ContainsKey("memory"));
                Assert.False(container.Resources.Limits.ContainsKey("cpu"));
                Assert.True(container.Resources.Requests.ContainsKey("cpu"));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_silo_has_more_time_to_end_than_it_takes_at_most(string values)
    {
        var manifest = Manifest.Load(await Chart.RenderAsync(values));

        Assert.All(
            manifest.All<V1Deployment>().Where(deployment => deployment.Metadata.Name.Contains("silo", StringComparison.Ordinal)),
            deployment =>
            {
                var pod = deployment.Spec.Template.Spec;
                var grace = int.Parse(
                    pod.Containers[0].Variables(manifest)["Atlas__GraceSeconds"],
                    System.Globalization.CultureInfo.InvariantCulture
                );
                Assert.True(pod.TerminationGracePeriodSeconds >= grace + 20 + 5, deployment.Metadata.Name);
                Assert.Equal("0", $"{deployment.Spec.Strategy.RollingUpdate.MaxUnavailable}");
                Assert.All(
                    new[] { pod.Containers[0].StartupProbe, pod.Containers[0].ReadinessProbe, pod.Containers[0].LivenessProbe },
                    Assert.NotNull
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Jobs_know_our_exit_codes(string values)
    {
        var manifest = Manifest.Load(await Chart.RenderAsync(values));
        string[] own = ["submit", "index"];

        // What is done again after a disruption is not counted, and what another try would not change is not tried again.
        Assert.All(
            manifest
                .All<V1CronJob>()
                .Select(job => job.Spec.JobTemplate.Spec)
                .Concat(manifest.All<V1Job>().Select(job => job.Spec))
                .Where(job => own.Contains(job.Template.Spec.Containers[0].Name)),
            job =>
            {
                var rules = job.PodFailurePolicy.Rules;
                Assert.Equal("Never", job.Template.Spec.RestartPolicy);
                Assert.Equal(("Ignore", "DisruptionTarget"), (rules[0].Action, rules[0].OnPodConditions[0].Type));
                var told = rules.Skip(1).SelectMany(rule => rule.OnExitCodes.Values).ToList();
                Assert.Contains(Client.ExitCode.SomeFailed, told);
                Assert.Contains(Client.ExitCode.Usage, told);
                Assert.DoesNotContain(Client.ExitCode.NoStore, told);
                Assert.Empty(told.Except([Client.ExitCode.SomeFailed, Client.ExitCode.Usage, Client.ExitCode.Cancelled]));
            }
        );
    }

    [Fact]
    public async Task A_wire_that_is_closed_in_the_cluster_is_closed_for_its_clients()
    {
        var manifest = Manifest.Load(await Chart.RenderAsync("k8s/values/azure.yaml"));
        var (silo, client) = (manifest.ConfigMaps["atlas-silo"], manifest.ConfigMaps["atlas-client"]);

        Assert.StartsWith("rediss://", client["ATLAS_CLUSTER"]);
        Assert.Equal("true", silo["Atlas__RedisTls"]);
        Assert.Equal(silo["Atlas__Tls__AuthorityFile"], client["ATLAS_TLS_AUTHORITY_FILE"]);
        Assert.Contains("port 0", manifest.ConfigMaps["atlas-redis"]["redis.conf"]);
    }
}
