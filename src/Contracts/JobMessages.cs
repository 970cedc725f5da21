using OrleansAtlas.Indexing;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>Films to add to a collection of a cluster.</summary>
public sealed record Submission(IndexRequest Films, CollectionRequest Wish);

/// <summary>Where a job is.</summary>
public enum JobState
{
    /// <summary>Asked for and not ended, whether or not somebody is at it just now.</summary>
    Running,

    /// <summary>Ended; films that failed are in its report.</summary>
    Done,

    /// <summary>Ended for the reason given.</summary>
    Failed,

    /// <summary>Ended since a person asked for it; what was done is kept.</summary>
    Cancelled,
}

/// <summary>The one thing a collection was last asked to do in a cluster, kept in the store until another takes its place.</summary>
public sealed record Job
{
    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>Counts the collection's jobs, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Films to add; null where a model is to be fitted.</summary>
    public IndexRequest? Films { get; init; }

    /// <summary>The model to fit; null where films are to be added.</summary>
    public TrainRequest? Train { get; init; }

    /// <summary>Where it is.</summary>
    public JobState State { get; init; }

    /// <summary>What came out of it, once done.</summary>
    public JobReport? Report { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>What to say where a cluster has no such collection.</summary>
    public static string MissingCollection(string collection) =>
        $"There is no collection '{collection}' in the cluster's store; make it with: atlas submit PATH -c {collection}";
}

/// <summary>What came out of a job: counts, and the first of the failures.</summary>
/// <param name="Films">Films and photos that are all there.</param>
/// <param name="Frames">Their frames.</param>
/// <param name="Failures">Inputs that failed.</param>
/// <param name="Failed">The first <see cref="MostNamed"/> of them with their reasons.</param>
/// <param name="Ignored">Files that are no films and no photos.</param>
/// <param name="Map">The map afterwards; null where there are no frames.</param>
/// <param name="Seconds">Wall-clock seconds since somebody last took it up.</param>
public sealed record JobReport(
    int Films,
    long Frames,
    int Failures,
    IReadOnlyList<FileOutcome> Failed,
    int Ignored,
    MapReceipt? Map,
    double Seconds
)
{
    /// <summary>Failures named in a report; `atlas status` names all of them from the store.</summary>
    public const int MostNamed = 200;

    /// <summary>A report without the lists.</summary>
    public static JobReport From(IndexReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JobReport(
            report.Done.Count,
            report.Done.Sum(film => (long)film.Frames),
            report.Failed.Count,
            [.. report.Failed.Take(MostNamed)],
            report.Ignored.Count,
            report.Map,
            report.Seconds
        );
    }
}

/// <summary>What became of asking for a job.</summary>
public enum Acceptance
{
    /// <summary>It is at work now.</summary>
    Started,

    /// <summary>The same was asked for before and is at work.</summary>
    Joined,

    /// <summary>Not taken, for the reason given.</summary>
    Refused,
}

/// <summary>Answer to asking for a job.</summary>
public sealed record JobReceipt(Acceptance Acceptance, string? Reason = null);

/// <summary>A job and the last progress of each of its steps.</summary>
public sealed record JobStatus(Job? Job, IReadOnlyList<ProgressReport> Progress);
