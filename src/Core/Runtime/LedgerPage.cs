namespace OrleansAtlas.Runtime;

/// <summary>One run's account; this is how speed is argued about.</summary>
/// <param name="Seconds">Wall-clock seconds of the whole run.</param>
/// <param name="Stages">A line for each stage, in pipeline order.</param>
public sealed record LedgerPage(double Seconds, IReadOnlyList<StageLine> Stages)
{
    /// <summary>The stage with most busy seconds a worker among those that worked; null where nothing was done.</summary>
    public Stage? LimitingStage => Stages.Where(line => line.Items > 0).MaxBy(line => line.BusySeconds / line.Workers)?.Stage;
}
