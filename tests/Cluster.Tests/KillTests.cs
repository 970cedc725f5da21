namespace OrleansAtlas.Tests;

/// <summary>Silos that are killed again and again.</summary>
public sealed class KillTests(Films films) : IDisposable
{
    private const int MostKills = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [Trait("Category", "Long")]
    public async Task Silos_killed_every_few_seconds_change_nothing(int seed)
    {
        LongTests.Require();
        var (random, kills) = (new Random(seed), 0);
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 3);
        await cluster.SubmitAsync(films);
        var ended = cluster.WatchAsync();
        while (kills < MostKills && await Task.WhenAny(ended, Task.Delay(random.Next(2000, 6000))) != ended)
        {
            // Two may be away at a time, not all three: starting takes longer than this where the machine is busy.
            var (victim, other) = (cluster.Silos[random.Next(3)], cluster.Silos[random.Next(3)]);
            await (other == victim ? cluster.Silos[(cluster.Silos.IndexOf(victim) + 1) % 3] : other).ReadyAsync();
            await victim.KillAsync();
            await cluster.ReplaceAsync(victim, wait: false);
            kills += ended.IsCompleted ? 0 : 1;
        }

        await ended;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} silos were killed.");
        Assert.True(kills > 0, "No silo was killed while the run was under way.");
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }
}
