using System.Diagnostics.Metrics;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What became of files, as counters that a watchful person has an alarm on: each run counts each file once.</summary>
public static class IndexingMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OrleansAtlas.Indexing";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Files = Meter.CreateCounter<long>(
        "atlas.files",
        description: "Files that a run came to, by collection and outcome: done, damaged, failed or ignored."
    );

    /// <summary>Counts what a run came to.</summary>
    public static void Count(string collection, IndexReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Add("done", report.Done.Count - report.Damaged.Count);
        Add("damaged", report.Damaged.Count);
        Add("failed", report.Failed.Count);
        Add("ignored", report.Ignored.Count);

        void Add(string outcome, long files) =>
            Files.Add(files, new("collection", collection), new KeyValuePair<string, object?>("outcome", outcome));
    }
}
