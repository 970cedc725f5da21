namespace OrleansAtlas.Runtime;

/// <summary>Counts items, bytes, busy, waiting and processor time per stage; safe from any thread. Time on processors is that of the whole
/// process since the ledger was begun, so a process has one ledger at a time.</summary>
/// <param name="clock">The clock.</param>
/// <param name="slots">Segments worked on at once; training has one worker, the network as many as it says.</param>
public sealed class Ledger(TimeProvider clock, int slots = 1)
{
    private static readonly Stage[] OfChildren = [Stage.Probe, Stage.Decode];
    private static readonly int StageCount = Enum.GetValues<Stage>().Length;

    private readonly long _started = clock.GetTimestamp();
    private readonly long[] _items = new long[StageCount];
    private readonly long[] _bytes = new long[StageCount];
    private readonly long[] _busy = new long[StageCount];
    private readonly long[] _waiting = new long[StageCount];
    private readonly long[] _processor = new long[StageCount];
    private readonly long _processorStart = ProcessorTime.All;
    private readonly long[] _childrenStart = [.. OfChildren.Select(ProcessorTime.Of)];
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
    public Span Busy(Stage stage) => new(clock, _busy, (int)stage, null);

    /// <summary>Counts the time until the returned value is disposed as work, and what it takes of a processor: for work on one thread,
    /// which also disposes the value.</summary>
    public Span Work(Stage stage) => new(clock, _busy, (int)stage, _processor);

    /// <summary>Counts what the calling thread takes of a processor until the returned value is disposed, where the time is counted by
    /// <see cref="Busy"/> already.</summary>
    public Span OnThread(Stage stage) => new(clock, null, (int)stage, _processor);

    /// <summary>Counts the time until the returned value is disposed as waiting.</summary>
    public Span Waiting(Stage stage) => new(clock, _waiting, (int)stage, null);

    /// <summary>The account so far.</summary>
    public LedgerPage Page()
    {
        var processor = Processor();
        return new LedgerPage(
            clock.GetElapsedTime(_started).TotalSeconds,
            [
                .. Enum.GetValues<Stage>()
                    .Select(stage => new StageLine(
                        stage,
                        Read(_items, stage),
                        Read(_bytes, stage),
                        Seconds(_busy, stage),
                        Seconds(_waiting, stage),
                        _workers[(int)stage],
                        Seconds(processor, stage)
                    )),
            ],
            Environment.ProcessorCount
        );
    }

    private long[] Processor()
    {
        long[] processor = [.. Enum.GetValues<Stage>().Select(stage => Read(_processor, stage))];
        for (var i = 0; i < OfChildren.Length; i++)
        {
            processor[(int)OfChildren[i]] += ProcessorTime.Of(OfChildren[i]) - _childrenStart[i];
        }

        processor[(int)Stage.Rest] = Math.Max(0, ProcessorTime.All - _processorStart - processor.Sum());
        return processor;
    }

    private static long Read(long[] counts, Stage stage) => Interlocked.Read(ref counts[(int)stage]);

    private static double Seconds(long[] ticks, Stage stage) => Math.Round(Read(ticks, stage) / (double)TimeSpan.TicksPerSecond, 3);

    /// <summary>A stretch of time being counted.</summary>
    public readonly struct Span(TimeProvider clock, long[]? ticks, int stage, long[]? processor) : IDisposable
    {
        private readonly long _start = clock.GetTimestamp();
        private readonly long _processorStart = processor is null ? 0 : ProcessorTime.Thread;

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (ticks is not null)
            {
                Interlocked.Add(ref ticks[stage], clock.GetElapsedTime(_start).Ticks);
            }

            if (processor is not null)
            {
                Interlocked.Add(ref processor[stage], ProcessorTime.Thread - _processorStart);
            }
        }
    }
}
