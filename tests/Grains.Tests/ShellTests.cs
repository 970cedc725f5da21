using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;

namespace OrleansAtlas.Tests;

public sealed class ShellTests
{
    private const int MostLines = 60;

    private static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Path.Combine(TestFiles.Repository, "src", "Grains"), "*.cs", SearchOption.AllDirectories);

    [Fact]
    public void Grains_are_shells_of_at_most_60_lines()
    {
        var grains = Sources.Where(path => path.EndsWith("Grain.cs", StringComparison.Ordinal)).ToList();

        Assert.Equal(5, grains.Count);
        Assert.All(grains, path => Assert.InRange(File.ReadAllLines(path).Length, 1, MostLines));
    }

    [Theory]
    [InlineData("Task.Run")]
    [InlineData("Parallel.")]
    [InlineData("GetResult()")]
    [InlineData("Thread.")]
    public void Grains_neither_block_nor_leave_their_turn(string forbidden) =>
        Assert.DoesNotContain(Sources, path => File.ReadAllText(path).Contains(forbidden, StringComparison.Ordinal));

    [Fact]
    public async Task Work_that_nobody_asks_about_any_more_is_stopped()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var patience = new WorkTimeouts { Question = TimeSpan.FromMilliseconds(20), Unasked = TimeSpan.FromMilliseconds(200) };
        var errand = new LongRunningOperation<int>(patience, TimeProvider.System);

        var poll = await errand.AskAsync(
            "work",
            async (_, stop) =>
            {
                using var registration = stop.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, stop);
                return 1;
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(OperationState.AtWork, poll.State);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Another_question_takes_the_place_of_the_work_going_on()
    {
        var errand = new LongRunningOperation<string>(new WorkTimeouts { Question = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        await errand.AskAsync(
            "old",
            async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return "old";
            },
            TestContext.Current.CancellationToken
        );

        OperationStatus<string> poll;
        do
        {
            poll = await errand.AskAsync("new", (_, _) => Task.FromResult("new"), TestContext.Current.CancellationToken);
        } while (poll.State == OperationState.AtWork);

        Assert.Equal("new", poll.Value);
    }
}
