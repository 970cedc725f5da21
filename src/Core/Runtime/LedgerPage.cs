namespace OrleansAtlas.Runtime;

/// <summary>One run's account; this is how speed is argued about.</summary>
/// <param name="Seconds">Wall-clock seconds of the whole run.</param>
/// <param name="Stages">A line for each stage, in pipeline order.</param>
public sealed record LedgerPage(double Seconds, IReadOnlyList<StageLine> Stages)
{
    /// <summary>The stage with most busy seconds a worker among those that worked; null where nothing was done.</summary>
    public Stage? LimitingStage => Stages.Where(line => line.Items > 0).MaxBy(line => line.BusySeconds / line.Workers)?.Stage;

    /// <summary>What was done after an earlier page of the same ledger.</summary>
    public LedgerPage Since(LedgerPage earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new LedgerPage(
            Seconds - earlier.Seconds,
            [
                .. Stages.Zip(
                    earlier.Stages,
                    (now, before) =>
                        now with
                        {
                            Items = now.Items - before.Items,
                            Bytes = now.Bytes - before.Bytes,
                            BusySeconds = Math.Round(now.BusySeconds - before.BusySeconds, 3),
                            WaitingSeconds = Math.Round(now.WaitingSeconds - before.WaitingSeconds, 3),
                        }
                ),
            ]
        );
    }

    /// <summary>The account of several processes that worked at once.</summary>
    /// <param name="shares">One or more.</param>
    public static LedgerPage Sum(IReadOnlyList<LedgerPage> shares) =>
        new(
            shares.Max(share => share.Seconds),
            [
                .. shares
                    .SelectMany(share => share.Stages)
                    .GroupBy(line => line.Stage)
                    .Select(lines => new StageLine(
                        lines.Key,
                        lines.Sum(line => line.Items),
                        lines.Sum(line => line.Bytes),
                        Math.Round(lines.Sum(line => line.BusySeconds), 3),
                        Math.Round(lines.Sum(line => line.WaitingSeconds), 3),
                        lines.Sum(line => line.Workers)
                    )),
            ]
        );
}
