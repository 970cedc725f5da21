using OrleansAtlas.Media;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Tests.Runtime;

public sealed class LedgerTests
{
    [Fact]
    public void Names_the_stage_whose_workers_are_busiest()
    {
        var clock = new HandClock();
        var ledger = new Ledger(clock, slots: 3);
        ledger.Add(Stage.Decode, 10, 1000);
        ledger.Add(Stage.Describe, 10);
        using (ledger.Busy(Stage.Decode))
        {
            clock.Advance(TimeSpan.FromSeconds(12));
        }

        using (ledger.Busy(Stage.Describe))
        {
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        using (ledger.Waiting(Stage.Describe))
        {
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        var page = ledger.Page();
        Assert.Equal(19, page.Seconds);
        Assert.Equal(new StageLine(Stage.Decode, 10, 1000, 12, 0, 3), page.Stages.Single(line => line.Stage == Stage.Decode));
        Assert.Equal(new StageLine(Stage.Describe, 10, 0, 5, 2, 1), page.Stages.Single(line => line.Stage == Stage.Describe));
        Assert.Equal(Stage.Describe, page.LimitingStage);
    }

    [Fact]
    public void Names_no_stage_where_nothing_was_done() => Assert.Null(new Ledger(TimeProvider.System).Page().LimitingStage);

    [Theory]
    [InlineData(2, Stage.Describe)]
    [InlineData(16, Stage.Decode)]
    public void Names_the_stage_that_takes_the_processors_where_they_are_all_busy(int processors, Stage expected)
    {
        StageLine[] stages = [new(Stage.Decode, 1, 0, 30, 0, 3, 7), new(Stage.Describe, 1, 0, 12, 0, 2, 12)];
        Assert.Equal(expected, new LedgerPage(10, stages, processors).LimitingStage);
    }

    [Fact]
    public void Stages_add_up_to_what_the_process_took_of_the_processors()
    {
        var ledger = new Ledger(TimeProvider.System);
        var before = ProcessorTime.All;
        using (ledger.Work(Stage.Describe))
        {
            Work(TimeSpan.FromMilliseconds(100));
        }

        Work(TimeSpan.FromMilliseconds(50));
        var page = ledger.Page();
        var took = TimeSpan.FromTicks(ProcessorTime.All - before).TotalSeconds;
        Assert.InRange(page.ProcessorSeconds, 0.15, took + 0.03);
        Assert.InRange(page.Stages.Single(line => line.Stage == Stage.Describe).ProcessorSeconds, 0.1, 0.2);
        Assert.Equal(page.ProcessorSeconds, page.Stages.Sum(line => line.ProcessorSeconds), 0.001);
    }

    [Fact]
    public void What_a_thread_takes_is_counted_without_being_counted_as_time_twice()
    {
        var ledger = new Ledger(TimeProvider.System);
        using (ledger.OnThread(Stage.Train))
        {
            Work(TimeSpan.FromMilliseconds(100));
        }

        var line = ledger.Page().Stages.Single(line => line.Stage == Stage.Train);
        Assert.InRange(line.ProcessorSeconds, 0.1, 0.2);
        Assert.Equal(0, line.BusySeconds);
    }

    [Fact]
    public async Task The_time_of_a_child_is_that_of_the_stage_it_works_for_whatever_the_program_is_called()
    {
        var ledger = new Ledger(TimeProvider.System);
        var child = ChildProcess.Start(
            "/bin/sh",
            ["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done"],
            new ChildLimits { Stage = Stage.Probe },
            null,
            TestContext.Current.CancellationToken
        );
        await using (child)
        {
            await child.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(ledger.Page().Stages.Single(line => line.Stage == Stage.Probe).ProcessorSeconds, 0.01, 60);
    }

    private static void Work(TimeSpan processor)
    {
        for (var start = ProcessorTime.Thread; ProcessorTime.Thread - start < processor.Ticks; )
        {
            Thread.SpinWait(100);
        }
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
