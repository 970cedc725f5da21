using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>The chart as helm and kubectl see it, and the plain YAML that is kept beside it.</summary>
public sealed class ChartTests
{
    public static TheoryData<string> Values => Chart.Values;

    public static TheoryData<string> Kept => Chart.Kept;

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Helm_finds_nothing_to_complain_of(string values)
    {
        var run = await KubeTools.HelmAsync("lint", Chart.Folder, "--strict", "--namespace", "atlas", "--values", values);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.DoesNotContain("[WARNING]", run.Output);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Plain_YAML_is_what_the_chart_renders(string name)
    {
        using var folder = new TemporaryFolder();
        var rendered = await Chart.TemplateAsync([.. Chart.Arguments($"k8s/values/{name}.yaml"), "--skip-tests"]);

        var kept = await File.ReadAllTextAsync(
            Path.Combine(TestFiles.Repository, "k8s/rendered", name, "atlas.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.True(kept == rendered, $"k8s/rendered/{name} is not what the chart renders: k8s/render.sh renders it again");
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Kubectl_takes_the_plain_YAML_as_it_stands(string name)
    {
        var run = await KubeTools.KubectlAsync("kustomize", $"k8s/rendered/{name}");

        Assert.True(run.ExitCode == 0, run.Error);
        var manifest = Manifest.Load(run.Output);
        Assert.NotEmpty(manifest.Pods);
        Assert.All(manifest.Objects, made => Assert.Equal("atlas", made.Metadata.NamespaceProperty));
    }

    [Theory]
    [InlineData("silo.replica=3")]
    [InlineData("silo.replicas=-1")]
    [InlineData("store.adress=x")]
    [InlineData("nightly.schedule=soon")]
    [InlineData("redis.tls.enabled=true")]
    [InlineData("metrics.port=http")]
    public async Task A_value_that_the_chart_does_not_know_is_refused(string value)
    {
        var run = await KubeTools.HelmAsync(["template", .. Chart.Arguments("k8s/values/local.yaml"), "--set", value]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("schema", run.Error);
    }

    [Theory]
    [InlineData("k8s/values/local.yaml", "films=null", "films is needed")]
    [InlineData("k8s/values/azure.yaml", "store.address=", "store.address is needed")]
    public async Task What_is_needed_and_missing_is_said(string values, string without, string sentence)
    {
        var run = await KubeTools.HelmAsync(["template", .. Chart.Arguments(values), "--set", without]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    [Fact]
    public async Task What_is_open_by_default_is_said_after_installing()
    {
        var open = await KubeTools.HelmAsync(["install", "--dry-run=client", .. Chart.Arguments("k8s/values/local.yaml")]);
        var closed = await KubeTools.HelmAsync(["install", "--dry-run=client", .. Chart.Arguments("k8s/values/azure.yaml")]);

        Assert.Contains("OPEN: what silos and clients say to each other is not encrypted", open.Output);
        Assert.Contains("helm test atlas", open.Output);
        Assert.DoesNotContain("OPEN:", closed.Output);
    }
}
