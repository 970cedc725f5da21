using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>Silos over films and a store in a container: no folder is shared.</summary>
public sealed class BlobTests(Films films, AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_silos_of_which_one_is_killed_make_the_bytes_of_one_process()
    {
        var store = await BlobStore.CreateAsync(await azurite.ServerAsync());
        var address = await BlobBytes.UploadAsync(films.Folder, store.Container, "films");
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3, blobs: store);
        await Atlas.JsonAsync(["submit", address, .. films.Arguments, "--cluster", cluster.Address]);
        await store.SegmentsAsync(1);
        await (await cluster.BusySiloAsync()).KillAsync();
        await cluster.WatchAsync();
        await BlobBytes.AssertSameAsync(films.Whole, store.Container, BlobStore.Prefix, sameFiles: false);
        Assert.DoesNotContain(store.Server.Key, cluster.Said, StringComparison.Ordinal);
        await SharesAsync(store);
    }

    // Each silo writes its own within seconds.
    private static async Task SharesAsync(BlobStore store)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            await BlobBytes
                .NamesAsync(store.Container, BlobStore.Prefix)
                .CountAsync(name => Regex.IsMatch(name, "^films/ledger/[0-9T]+-1/[0-9a-f]{16}.json$"), limit.Token) < 2
        )
        {
            await Task.Delay(200, limit.Token);
        }
    }

    [Fact]
    public async Task A_silo_that_the_container_does_not_let_in_says_so_and_does_not_start()
    {
        var server = await azurite.ServerAsync();
        var sas = $"sv=2024-11-04&sr=c&sp=rwl&se=2024-01-01T00%3A00%3A00Z&sig=hidden";
        var run = await SiloProcess.RunAsync(
            "--Atlas:Store",
            $"{(await server.ContainerAsync()).Uri}?{sas}",
            "--Atlas:Models:0",
            Films.Model
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("ended at 2024-01-01", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Error + run.Output, StringComparison.Ordinal);
    }
}
