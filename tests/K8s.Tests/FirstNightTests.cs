using System.Text.Json;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Manifests;
using OrleansAtlas.Tests.Running;

namespace OrleansAtlas.Tests;

/// <summary>The web map before there is a store.</summary>
public sealed class FirstNightTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_web_map_is_ready_and_empty_until_somebody_makes_the_store()
    {
        var web = Manifest.Load(await Chart.RenderAsync(Chart.Running)).Pods.Single(pod => pod.Component == "web").Spec.Containers[0];
        var (port, store) = (Ports.Free(), _folder["films/store"]);
        await using var process = PodProcess.Start(
            TestFiles.Built("Client", "atlas"),
            ["serve", "--port", $"{port}", "--store", store],
            new Dictionary<string, string> { ["HOME"] = _folder.Path, ["ATLAS_CACHE"] = _folder["cache"] }
        );
        foreach (var probe in new[] { web.StartupProbe, web.ReadinessProbe, web.LivenessProbe })
        {
            await process.AnswersAsync(probe, port);
        }

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal(0, await CollectionsAsync(http));
        Assert.Contains($"There is no store in '{store}' yet", process.Said, StringComparison.Ordinal);
        Assert.Contains(
            "service_name=\"atlas-web\"",
            await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(store), "reading makes no store");

        await CollectionStore.CreateAsync(
            LocalStore.Open(store, write: true),
            new CollectionSettings
            {
                Name = "films",
                Sampling = new Sampling(),
                Components = 8,
                Training = new TrainingOptions(),
                Model = new ModelPin("none", new string('0', 64), 8, 16),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, await CollectionsAsync(http));
    }

    private static async Task<int> CollectionsAsync(HttpClient http)
    {
        var answer = await http.GetStringAsync(new Uri("/api/v1/collections", UriKind.Relative));
        return JsonDocument.Parse(answer).RootElement.GetArrayLength();
    }
}
