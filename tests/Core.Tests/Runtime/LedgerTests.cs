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

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
