using System.Text.Json.Serialization;

namespace OrleansAtlas.Runtime;

/// <summary>One run's account; this is how speed is argued about.</summary>
/// <param name="Seconds">Wall-clock seconds of the whole run.</param>
/// <param name="Stages">A line for each stage, in pipeline order.</param>
/// <param name="Processors">Processors of the machine; 0 where it was not said.</param>
public sealed record LedgerPage(double Seconds, IReadOnlyList<StageLine> Stages, int Processors = 0)
{
    /// <summary>Which share of the films the run had, where several processes took one each; null where it had all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunShare? Share { get; init; }

    // What is left is waited in vain: no schedule fills processors to the last.
    private const double Full = 0.85;

    /// <summary>Seconds of a processor that the run took; the sum of its stages'.</summary>
    public double ProcessorSeconds => Math.Round(Stages.Sum(line => line.ProcessorSeconds), 3);

    /// <summary>The stage that limits: where the processors were busy throughout, the one that took most of them; else the one with most
    /// busy seconds a worker. Null where nothing was done.</summary>
    public Stage? LimitingStage =>
        Stages
            .Where(line => line.Items > 0)
            .MaxBy(line => ProcessorSeconds > Full * Processors * Seconds ? line.ProcessorSeconds : line.BusySeconds / line.Workers)
            ?.Stage;

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
                            ProcessorSeconds = Math.Round(now.ProcessorSeconds - before.ProcessorSeconds, 3),
                        }
                ),
            ],
            Processors
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
                        lines.Sum(line => line.Workers),
                        Math.Round(lines.Sum(line => line.ProcessorSeconds), 3)
                    )),
            ],
            shares.Sum(share => share.Processors)
        );
}
