using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>The blob store for trying out gets its containers.</summary>
public sealed class AzuriteTests
{
    [Fact]
    public async Task The_containers_of_the_store_and_the_films_are_made_and_made_again()
    {
        await using var server = await AzuriteServer.StartAsync();
        var manifest = Manifest.Load(await Chart.RenderAsync("k8s/values/local.yaml"));
        using var folder = new TemporaryFolder();
        var script = folder["make-containers.js"];
        await File.WriteAllTextAsync(
            script,
            manifest.ConfigMaps["atlas-azurite"]["make-containers.js"],
            TestContext.Current.CancellationToken
        );
        var command = manifest.Pods.Single(pod => pod.Component == "containers").Spec.Containers[0].Command;
        var variables = new Dictionary<string, string> { ["AZURE_STORAGE_CONNECTION_STRING"] = server.ConnectionString };

        for (var time = 0; time < 2; time++)
        {
            var run = await Running.PodProcess.RunAsync(command[0], [script, .. command.Skip(2)], variables);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(
            ["atlas", "films"],
            server.Client.GetBlobContainers(cancellationToken: TestContext.Current.CancellationToken).Select(it => it.Name)
        );
        var lost = new Dictionary<string, string>
        {
            ["AZURE_STORAGE_CONNECTION_STRING"] = server.ConnectionString.Replace(server.Key, "AAAA", StringComparison.Ordinal),
        };
        Assert.Equal(1, (await Running.PodProcess.RunAsync(command[0], [script, .. command.Skip(2)], lost)).ExitCode);
    }
}
