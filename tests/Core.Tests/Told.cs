using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>Keeps what it was told, in order.</summary>
internal sealed class Told : IProgress<ProgressReport>
{
    private readonly Lock _lock = new();

    public List<ProgressReport> Reports { get; } = [];

    public void Report(ProgressReport value)
    {
        lock (_lock)
        {
            Reports.Add(value);
        }
    }
}
