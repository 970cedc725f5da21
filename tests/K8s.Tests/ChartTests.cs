using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>The chart as helm and kubectl see it, and the plain YAML that is kept beside it.</summary>
public sealed class ChartTests
{
    private const string Local = "k8s/values/local.yaml";
    private const string Azure = "k8s/values/azure.yaml";
    private const string Folder = "tests/K8s.Tests/folder.yaml";

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
    [InlineData("metrics.port=80")]
    [InlineData("images.registry=https://registry.example")]
    [InlineData("images.registry=registry.example/")]
    [InlineData("images.tag=atlas:1")]
    [InlineData("cluster.id=atlas/2")]
    [InlineData("cluster.id=")]
    [InlineData("redis.user=two words")]
    [InlineData("volume.mountPath=/")]
    [InlineData("volume.mountPath=films")]
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

    [Theory]
    [InlineData(Local, "metrics.port is 8080, which is taken by the probes of silos", "metrics.port=8080")]
    [InlineData(Local, "metrics.port is 11111,", "metrics.port=11111")]
    [InlineData(Local, "metrics.port is 30000,", "metrics.port=30000")]
    [InlineData(Local, "metrics.port is 5080,", "metrics.port=5080")]
    [InlineData(Local, "redis.user is '', which the chart's own Redis does not let in", "redis.user=")]
    [InlineData(Local, "redis.user is 'default',", "redis.user=default")]
    [InlineData(Folder, "volume.mountPath is '/tmp',", "volume.mountPath=/tmp")]
    [InlineData(Folder, "volume.mountPath is '/cache/films',", "volume.mountPath=/cache/films")]
    [InlineData(Folder, "volume.mountPath is '/films/../tmp',", "volume.mountPath=/films/../tmp")]
    [InlineData(Folder, "store.address has the folder '/films/store' and no volume is mounted", "volume.existingClaim=")]
    [InlineData(Folder, "store.address has the folder '/store', which is not below volume.mountPath, '/films'", "store.address=/store")]
    [InlineData(Folder, "store.address is the folder '/films/store' of a volume that volume.readOnly", "volume.readOnly=true")]
    [InlineData(Azure, "films has the folder '/films' and no volume is mounted", "films[0]=/films")]
    [InlineData(Azure, "azurite.enabled puts the store into Azurite", "azurite.enabled=true")]
    [InlineData(Local, "azurite.enabled puts the store into Azurite", "store.existingSecret=account")]
    [InlineData(Local, "nightly.schedule is '60 2 * * *'", "nightly.schedule=60 2 * * *")]
    [InlineData(Local, "nightly.schedule is '0 2 * * 7'", "nightly.schedule=0 2 * * 7")]
    [InlineData(Local, "nightly.schedule is '@nightly'", "nightly.schedule=@nightly")]
    [InlineData(Local, "nightly.timeZone is 'Europe/Berln'", "nightly.timeZone=Europe/Berln")]
    [InlineData(Local, "nightly.timeZone is 'Local'", "nightly.timeZone=Local")]
    public async Task Values_that_would_break_later_are_refused_with_a_way_out(string values, string sentence, string value)
    {
        var run = await KubeTools.HelmAsync(["template", .. Chart.Arguments(values), "--set", value]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Contains("; ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Local, "nightly.schedule=*/15 0-6 1 jan-mar MON\\,fri")]
    [InlineData(Local, "nightly.schedule=@daily")]
    [InlineData(Local, "nightly.timeZone=Europe/Berlin")]
    [InlineData(Local, "nightly.timeZone=UTC")]
    [InlineData(Local, "images.registry=localhost:5000/me")]
    [InlineData(Folder, "films[1]=/films/more")]
    [InlineData(Folder, "redis.user=")]
    public async Task Values_that_work_are_taken(string values, string value)
    {
        var run = await KubeTools.HelmAsync(["template", .. Chart.Arguments(values), "--set-string", value]);

        Assert.True(run.ExitCode == 0, run.Error);
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
