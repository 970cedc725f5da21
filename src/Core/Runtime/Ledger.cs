namespace OrleansAtlas.Runtime;

/// <summary>The steps that are counted.</summary>
public enum Stage
{
    /// <summary>Finding files, content ids, probing them and their plans.</summary>
    List,

    /// <summary>ffprobe and picture headers.</summary>
    Probe,

    /// <summary>Waiting for frames from ffmpeg or the picture library.</summary>
    Decode,

    /// <summary>Cropping and the network.</summary>
    Describe,

    /// <summary>Encoding frames and writing artifacts.</summary>
    Store,

    /// <summary>PCA statistics.</summary>
    Gather,

    /// <summary>PCA basis and the autoencoder.</summary>
    Train,

    /// <summary>Codes and map positions.</summary>
    Place,
}

/// <summary>What a stage took in one run.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Items">Files, frames or parts, whatever the stage handles.</param>
/// <param name="Bytes">Bytes it read or made.</param>
/// <param name="BusySeconds">Seconds at work, summed over everything that ran at once.</param>
/// <param name="WaitingSeconds">Seconds it waited for others, summed likewise.</param>
/// <param name="Workers">How many of its kind can be at work at once: busy seconds over workers is what it takes at least.</param>
public sealed record StageLine(Stage Stage, long Items, long Bytes, double BusySeconds, double WaitingSeconds, int Workers);

/// <summary>One run's account; this is how speed is argued about.</summary>
/// <param name="Seconds">Wall-clock seconds of the whole run.</param>
/// <param name="Stages">A line for each stage, in pipeline order.</param>
public sealed record LedgerPage(double Seconds, IReadOnlyList<StageLine> Stages)
{
    /// <summary>The stage with most busy seconds a worker among those that worked; null where nothing was done.</summary>
    public Stage? LimitingStage => Stages.Where(line => line.Items > 0).MaxBy(line => line.BusySeconds / line.Workers)?.Stage;
}

/// <summary>Counts items, bytes, busy and waiting time per stage; safe from any thread.</summary>
/// <param name="clock">The clock.</param>
/// <param name="slots">Segments worked on at once; training has one worker, the network as many as it says.</param>
public sealed class Ledger(TimeProvider clock, int slots = 1)
{
    private static readonly int StageCount = Enum.GetValues<Stage>().Length;

    private readonly long _started = clock.GetTimestamp();
    private readonly long[] _items = new long[StageCount];
    private readonly long[] _bytes = new long[StageCount];
    private readonly long[] _busy = new long[StageCount];
    private readonly long[] _waiting = new long[StageCount];
    private readonly int[] _workers = [.. Enum.GetValues<Stage>().Select(stage => stage is Stage.Describe or Stage.Train ? 1 : slots)];

    /// <summary>Says how many of a kind can be at work at once.</summary>
    public void SetWorkers(Stage stage, int workers) => _workers[(int)stage] = workers;

    /// <summary>Counts things done.</summary>
    public void Add(Stage stage, long items, long bytes = 0)
    {
        Interlocked.Add(ref _items[(int)stage], items);
        Interlocked.Add(ref _bytes[(int)stage], bytes);
    }

    /// <summary>Counts the time until the returned value is disposed as work.</summary>
    public Span Busy(Stage stage) => new(clock, _busy, (int)stage);

    /// <summary>Counts the time until the returned value is disposed as waiting.</summary>
    public Span Waiting(Stage stage) => new(clock, _waiting, (int)stage);

    /// <summary>The account so far.</summary>
    public LedgerPage Page() =>
        new(
            clock.GetElapsedTime(_started).TotalSeconds,
            [
                .. Enum.GetValues<Stage>()
                    .Select(stage => new StageLine(
                        stage,
                        Read(_items, stage),
                        Read(_bytes, stage),
                        Seconds(_busy, stage),
                        Seconds(_waiting, stage),
                        _workers[(int)stage]
                    )),
            ]
        );

    private static long Read(long[] counts, Stage stage) => Interlocked.Read(ref counts[(int)stage]);

    private static double Seconds(long[] ticks, Stage stage) => Math.Round(Read(ticks, stage) / (double)TimeSpan.TicksPerSecond, 3);

    /// <summary>A stretch of time being counted.</summary>
    public readonly struct Span(TimeProvider clock, long[] ticks, int stage) : IDisposable
    {
        private readonly long _start = clock.GetTimestamp();

        /// <summary>Ends it.</summary>
        public void Dispose() => Interlocked.Add(ref ticks[stage], clock.GetElapsedTime(_start).Ticks);
    }
}
