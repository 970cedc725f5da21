using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

public sealed class ShellTests
{
    private const int MostLines = 60;

    private static WorkLog NoLog => new(NullLogger.Instance, "films");

    private static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Path.Combine(TestFiles.Repository, "src", "Grains"), "*.cs", SearchOption.AllDirectories);

    [Fact]
    public void Grains_are_shells_of_at_most_60_lines()
    {
        var grains = Sources.Where(path => path.EndsWith("Grain.cs", StringComparison.Ordinal)).ToList();

        Assert.Equal(8, grains.Count);
        Assert.All(grains, path => Assert.InRange(File.ReadAllLines(path).Length, 1, MostLines));
    }

    [Fact]
    public async Task Work_that_nobody_asks_about_any_more_is_stopped()
    {
        var (clock, timeouts) = (new FakeTimeProvider(), new WorkTimeouts());
        var operation = new LongRunningOperation<int>(timeouts, clock, NoLog);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var asked = operation.AskAsync(
            "work",
            async (_, stop) =>
            {
                using var registration = stop.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, stop);
                return 1;
            },
            TestContext.Current.CancellationToken
        );
        clock.Advance(timeouts.Question);
        Assert.Equal(OperationState.AtWork, (await asked).State);
        Assert.False(stopped.Task.IsCompleted);

        clock.Advance(timeouts.Unasked - timeouts.Question);
        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Another_question_takes_the_place_of_the_work_going_on()
    {
        var (clock, timeouts) = (new FakeTimeProvider(), new WorkTimeouts());
        var operation = new LongRunningOperation<string>(timeouts, clock, NoLog);
        var old = operation.AskAsync(
            "old",
            async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return "old";
            },
            TestContext.Current.CancellationToken
        );
        clock.Advance(timeouts.Question);
        await old;

        OperationStatus<string> status;
        do
        {
            status = await operation.AskAsync("new", (_, _) => Task.FromResult("new"), TestContext.Current.CancellationToken);
        } while (status.State == OperationState.AtWork);

        Assert.Equal("new", status.Value);
    }

    [Fact]
    public void Work_is_the_same_where_every_field_of_what_was_asked_for_is()
    {
        var request = new TrainRequest(new TrainingOptions { Seed = 1 });

        Assert.Equal(WorkKey.MakeMap(request), WorkKey.MakeMap(request with { Options = new TrainingOptions { Seed = 1 } }));
        Assert.NotEqual(WorkKey.MakeMap(request), WorkKey.MakeMap(request with { Options = new TrainingOptions { Seed = 2 } }));
        Assert.NotEqual(WorkKey.MakeMap(request), WorkKey.MakeMap(null));

        // The text of a record says of a list only what type it is.
        var job = new Job
        {
            Collection = "films",
            Films = new IndexRequest { Paths = ["/a"] },
        };
        Assert.Equal(WorkKey.Job(job), WorkKey.Job(job with { Number = 2, State = JobState.Done }));
        Assert.NotEqual(WorkKey.Job(job), WorkKey.Job(job with { Films = new IndexRequest { Paths = ["/b"] } }));
    }
}
