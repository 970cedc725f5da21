using System.Text.RegularExpressions;
using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>The Dockerfile says the same as the manifests, the packages' list and the projects.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(TestFiles.Repository, "Dockerfile"));

    // Each stage with what it stands on and its lines.
    private static readonly IReadOnlyDictionary<string, (string From, string Lines)> Stages = Stage()
        .Matches(Text)
        .ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["from"].Value, match.Groups["lines"].Value));

    [Theory]
    [MemberData(nameof(Chart.Values), MemberType = typeof(Chart))]
    public async Task Every_image_of_ours_is_a_target_and_has_what_its_container_asks_for(string values)
    {
        var manifest = Manifest.Load(await Chart.RenderAsync(values));

        foreach (var pod in manifest.Pods.Where(pod => pod.IsOurs))
        {
            foreach (var container in pod.Spec.Containers)
            {
                var target = Image().Match(container.Image).Groups[1].Value;
                Assert.True(Stages.ContainsKey(target), $"{container.Image} is no target");
                var lines = Inherited(target);
                Assert.Contains($"USER {pod.Spec.SecurityContext.RunAsUser}:{pod.Spec.SecurityContext.RunAsGroup}", lines);
                Assert.Equal(container.Name == "silo" ? "OrleansAtlas.Silo" : "atlas", Entry().Match(lines).Groups[1].Value);
                var exposed = Exposed().Match(lines) is { Success: true } match ? match.Groups[1].Value.Split(' ') : [];
                Assert.Empty(
                    (container.Ports ?? []).Where(port => port.Name != "metrics").Select(port => $"{port.ContainerPort}").Except(exposed)
                );
            }
        }
    }

    [Fact]
    public void What_is_published_is_a_project_and_what_is_started_its_program()
    {
        Assert.All(
            Published().Matches(Text),
            match => Assert.True(Directory.Exists(Path.Combine(TestFiles.Repository, match.Groups[1].Value)))
        );
        Assert.True(File.Exists(TestFiles.Built("Silo", "OrleansAtlas.Silo")));
        Assert.True(File.Exists(TestFiles.Built("Client", "atlas")));
        Assert.Contains("-p:Gpu=true", Stages["publish-silo-gpu"].Lines);
    }

    [Fact]
    public void Images_stand_on_Debian_with_the_packages_of_the_list()
    {
        var packages = File.ReadAllLines(Path.Combine(TestFiles.Repository, "eng/debian-packages"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ')[0]);

        Assert.Equal(["ca-certificates", "ffmpeg", "fonts-dejavu-core", "libvips42"], packages);
        Assert.Equal("debian:12-slim", Stages["base"].From);
        Assert.Contains("sed '/^#/d; s/ .*//' /tmp/debian-packages", Stages["base"].Lines);
        Assert.All(new[] { "silo", "silo-gpu", "client" }, name => Assert.Equal("base", Stages[name].From));
        Assert.Equal("client", Stages["web"].From);
    }

    private static string Inherited(string target) =>
        Stages.TryGetValue(target, out var stage) ? stage.Lines + "\n" + Inherited(stage.From) : "";

    [GeneratedRegex(@"(?ms)^FROM (?<from>\S+) AS (?<name>\S+)\n(?<lines>.*?)(?=^FROM |\z)")]
    private static partial Regex Stage();

    [GeneratedRegex(@"orleans-atlas-([\w-]+):")]
    private static partial Regex Image();

    [GeneratedRegex(@"ENTRYPOINT \[""/app/([\w.]+)""\]")]
    private static partial Regex Entry();

    [GeneratedRegex(@"EXPOSE ([\d ]+)")]
    private static partial Regex Exposed();

    [GeneratedRegex(@"dotnet publish (\S+) ")]
    private static partial Regex Published();
}
