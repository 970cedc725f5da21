namespace OrleansAtlas.Work;

/// <summary>Counts what has ended of a step and tells about it, one at a time: the last report has the highest count, however many end at
/// once. What is done a second time does not lift it above the total.</summary>
internal sealed class StepProgress(IProgress<ProgressReport> progress, string step, int total)
{
    private readonly Lock _lock = new();
    private int _done;
    private long _frames;

    /// <summary>Tells that one more has ended.</summary>
    /// <param name="frames">New frames it has.</param>
    /// <param name="message">Something worth a line of its own.</param>
    public void Add(long frames = 0, string? message = null)
    {
        lock (_lock)
        {
            _frames += frames;
            _done = Math.Min(_done + 1, total);
            progress.Report(new ProgressReport(step, _done, total, _frames, message));
        }
    }
}
