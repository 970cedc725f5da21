using System.Diagnostics;
using System.Text.Json;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Tests;

/// <summary>A map that one silo made is heard of by programs at every silo, by the command and by the page's server.</summary>
public sealed class AnnouncementTests(Films films) : IDisposable
{
    // A look in the store comes after 5 s: what comes sooner was announced.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_map_is_heard_of_at_once_at_every_silo_by_the_command_and_by_the_server_of_the_page()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 2);
        await Atlas.JsonAsync(["submit", films.Folder, .. films.Arguments, "--watch", "--cluster", cluster.Address]);
        using var command = Atlas.Start("watch", "-c", "films", "--maps", "--cluster", cluster.Address);
        using var server = Atlas.Start("serve", "--store", cluster.Store, "--port", "0", "--json", "--cluster", cluster.Address);
        try
        {
            var page = new Uri(await AddressAsync(server), "/api/v1/collections/films/announced");
            var first = await HeardAsync(page, null);
            Assert.StartsWith($"Map {first}: ", await command.StandardOutput.ReadLineAsync(Cancel), StringComparison.Ordinal);

            // Connected before the training begins; the command and the page have been answered already.
            await using var one = await AtlasClusterClient.ConnectAsync(cluster.Silos[0].Gateway, Cancel);
            await using var other = await AtlasClusterClient.ConnectAsync(cluster.Silos[1].Gateway, Cancel);
            List<Task<DateTime>> watchers = [NextAsync(one, first), NextAsync(other, first)];
            var (line, served) = (LineAsync(command), ServedAsync(page, first));
            await Atlas.JsonAsync("train", "-c", "films", "--seed", "7", "--epochs", "2", "--cluster", cluster.Address);

            var published = File.GetLastWriteTimeUtc(Path.Combine(cluster.Store, "films", "maps", "versions.json"));
            foreach (
                var (name, watch) in watchers
                    .Select((watch, silo) => ($"at silo {silo}", watch))
                    .Append(("command", line))
                    .Append(("page", served))
            )
            {
                var after = await watch - published;
                TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {after.TotalMilliseconds:0} ms");
                Assert.True(after < Soon, $"{name} heard of the map after {after}.");
            }
        }
        finally
        {
            foreach (var process in new[] { command, server })
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<DateTime> NextAsync(AtlasClusterClient client, string known)
    {
        await using var maps = client.WatchMapsAsync("films", known, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await maps.MoveNextAsync());
        return TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    private static async Task<DateTime> LineAsync(Process command)
    {
        Assert.StartsWith("Map ", await command.StandardOutput.ReadLineAsync(Cancel), StringComparison.Ordinal);
        return TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    private async Task<DateTime> ServedAsync(Uri page, string known)
    {
        await HeardAsync(page, known);
        return TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    private async Task<string> HeardAsync(Uri page, string? known)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (true)
        {
            var answer = JsonDocument.Parse(await _http.GetStringAsync(page, limit.Token)).RootElement;
            if (answer.GetProperty("version").GetString() is { } version && version != known)
            {
                return version;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        var text = "";
        while (true)
        {
            text += await server.StandardOutput.ReadLineAsync(Cancel);
            if (text.TrimEnd().EndsWith('}'))
            {
                return new Uri(JsonDocument.Parse(text).RootElement.GetProperty("address").GetString()!);
            }
        }
    }
}
