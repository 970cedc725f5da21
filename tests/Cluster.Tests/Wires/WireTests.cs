using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts.Wires;

namespace OrleansAtlas.Tests;

/// <summary>What is said on the wires of a cluster, read byte by byte on the way.</summary>
public sealed class WireTests(Films films) : IDisposable
{
    // Nothing else says it.
    private const string Name = "films-nobody-may-read-of";

    // Of so many collections some live on either silo.
    private const int Collections = 20;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plain_wires_show_names_and_the_silo_says_that_they_are_plain()
    {
        await using var cluster = await WiredCluster.StartAsync(_folder, tls: false);
        await using (var client = await AtlasClusterClient.ConnectAsync(cluster.Address, cluster.Secrets(), Cancel))
        {
            await AskAsync(client);
        }

        Assert.Contains(cluster.ToGateways, wire => wire.Heard(Name));
        Assert.Contains(cluster.BetweenSilos, wire => wire.Heard(Name));
        Assert.Equal(2, Times(cluster.Said, "Wires are plain"));
    }

    [Fact]
    public async Task With_TLS_a_job_is_done_as_ever_and_no_wire_shows_a_name_or_the_password()
    {
        await using var cluster = await WiredCluster.StartAsync(_folder, tls: true);
        await using (var client = await AtlasClusterClient.ConnectAsync(cluster.Address, cluster.Secrets(), Cancel))
        {
            await AskAsync(client);
        }

        string[] submit = ["submit", films.Folder, .. films.Arguments, "--watch", "--cluster", cluster.Address];
        using var process = Atlas.Start(cluster.ClientEnvironment, submit);
        var run = await AtlasRun.EndOfAsync(process);
        Assert.True(run.ExitCode == 0, $"{run.Error}{run.Output}\n{cluster.Said}");
        StoreBytes.AssertSame(films.Whole, cluster.Store);

        // Silos talk both ways on one wire.
        Assert.Contains(cluster.BetweenSilos, wire => wire.Count > 0);
        Assert.All(cluster.ToGateways, wire => Assert.True(wire.Count > 0));
        Assert.All(cluster.Wires, wire => Assert.False(wire.Heard(Name) || wire.Heard(films.Folder) || wire.Heard("a-password")));
        Assert.DoesNotContain("Wires are plain", cluster.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("a-password", cluster.Said + run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_are_refused_by_both_sides_with_a_sentence()
    {
        await using var cluster = await WiredCluster.StartAsync(_folder, tls: true);
        var (family, strangers) = (_folder["certificates", "family-authority.pem"], new TestAuthority(_folder["other"], "strangers"));
        var (certificate, key) = strangers.Issue("stranger");

        // The silos do not know the client.
        var gate = cluster.Secrets(new WireFiles(certificate, key, family));
        var error = await Assert.ThrowsAsync<ClusterException>(() => AtlasClusterClient.ConnectAsync(cluster.Address, gate, Cancel));
        Assert.Contains("does not accept this client's certificate", error.Message, StringComparison.Ordinal);
        Assert.Contains("CN=stranger, was refused: it is not a valid one of the authority", cluster.Said, StringComparison.Ordinal);

        // The client does not know the silos.
        var wary = cluster.Secrets(new WireFiles(certificate, key, strangers.AuthorityFile));
        error = await Assert.ThrowsAsync<ClusterException>(() => AtlasClusterClient.ConnectAsync(cluster.Address, wary, Cancel));
        Assert.Contains("CN=silo-127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("was refused", error.Message, StringComparison.Ordinal);

        // No certificate at all, and a wrong password.
        var plain = cluster.Secrets() with
        {
            Wires = null,
        };
        error = await Assert.ThrowsAsync<ClusterException>(() => AtlasClusterClient.ConnectAsync(cluster.Address, plain, Cancel));
        Assert.Contains("ATLAS_TLS_CERTIFICATE_FILE", error.Message, StringComparison.Ordinal);
        var guess = cluster.Secrets() with { RedisPassword = "a guess" };
        error = await Assert.ThrowsAsync<ClusterException>(() => AtlasClusterClient.ConnectAsync(cluster.Address, guess, Cancel));
        Assert.Contains("its Redis server did not accept this client", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a guess", error.Message, StringComparison.Ordinal);
    }

    private static async Task AskAsync(AtlasClusterClient client)
    {
        for (var i = 0; i < Collections; i++)
        {
            Assert.Null((await client.StatusAsync($"{Name}-{i}", Cancel)).Job);
        }
    }

    private static int Times(string text, string part) => text.Split(part).Length - 1;
}
