using System.Text.Json.Serialization;
using OrleansAtlas.Indexing;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>Films to add to a collection of a cluster.</summary>
public sealed record Submission(IndexRequest Films, CollectionRequest Request);

/// <summary>The state of a job.</summary>
public enum JobState
{
    /// <summary>Accepted and not ended, whether or not a process is running it at the moment.</summary>
    Running,

    /// <summary>Ended; films that failed are in its report.</summary>
    Done,

    /// <summary>Ended for the reason given.</summary>
    Failed,

    /// <summary>Cancelled on request; what was done is kept.</summary>
    Cancelled,

    /// <summary>Accepted; begins when the jobs before it have ended.</summary>
    Queued,
}

/// <summary>A job of a collection in a cluster, kept in the store: the last one whole, those before it without long lists.</summary>
public sealed record Job
{
    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>Counts the collection's jobs, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>When it began, UTC, or was accepted while it waits; the beginning of time for jobs of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTime Started { get; init; }

    /// <summary>When it ended, UTC; the beginning of time until then, and for jobs of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTime Ended { get; init; }

    /// <summary>Who asked for it, as the client said: <c>USER@MACHINE</c>; null for jobs of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? By { get; init; }

    /// <summary>Films to add; null if a model is to be fitted.</summary>
    public IndexRequest? Films { get; init; }

    /// <summary>The model to fit; null if films are to be added.</summary>
    public TrainRequest? Train { get; init; }

    /// <summary>The state of the job.</summary>
    public JobState State { get; init; }

    /// <summary>The result, once the job is done.</summary>
    public JobReport? Report { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The message for a collection that does not exist.</summary>
    public static string MissingCollection(string collection) =>
        $"There is no collection '{collection}' in the cluster's store; make it with: atlas submit PATH -c {collection}";
}

/// <summary>The result of a job: counts, and the first failures.</summary>
/// <param name="Films">Films and photos that are complete.</param>
/// <param name="Frames">Their frames.</param>
/// <param name="Failures">Inputs that failed.</param>
/// <param name="Failed">The first <see cref="MostNamed"/> of them with their reasons.</param>
/// <param name="Ignored">Files that are neither films nor photos.</param>
/// <param name="Map">The map afterwards; null if there are no frames.</param>
/// <param name="Seconds">Wall-clock seconds since a process last started or continued the job.</param>
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

    /// <summary>What was otherwise than in the run before, counted; null for training, and for jobs of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JobChanges? Changes { get; init; }

    /// <summary>Films that are gone and still on the map; null where none is, and for jobs of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public GoneFilms? Kept { get; init; }

    /// <summary>Shortens the report of an indexer to counts and the first failures.</summary>
    public static JobReport From(IndexReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JobReport(
            report.Done.Count,
            report.Done.Sum(film => (long)film.Frames),
            report.Failed.Count + report.Damaged.Count,
            [.. report.Failed.Concat(report.Damaged).Take(MostNamed)],
            report.Ignored.Count,
            report.Map,
            report.Seconds
        )
        {
            Changes = new JobChanges(
                report.Changes.New.Count,
                report.Changes.Changed.Count,
                report.Changes.Moved.Count,
                report.Changes.Copied.Count,
                report.Changes.Gone.Count
            ),
            Kept = report.Kept.Films > 0 ? report.Kept : null,
        };
    }
}

/// <summary>Numbers of films that a job found otherwise than the run before it.</summary>
/// <param name="New">Films that were not known.</param>
/// <param name="Changed">Films whose file has other content.</param>
/// <param name="Moved">Films that lie elsewhere or are called otherwise.</param>
/// <param name="Copied">Further names of films that were known.</param>
/// <param name="Gone">Films none of whose files is there any more.</param>
public sealed record JobChanges(int New, int Changed, int Moved, int Copied, int Gone);

/// <summary>Whether a job was accepted.</summary>
public enum Acceptance
{
    /// <summary>The job was started.</summary>
    Started,

    /// <summary>The same job is running, or waits, already.</summary>
    Joined,

    /// <summary>The job was refused, for the reason given.</summary>
    Refused,

    /// <summary>The job waits until those before it have ended, which the reason names.</summary>
    Queued,
}

/// <summary>The answer to a request for a job.</summary>
/// <param name="Acceptance">Whether it was accepted.</param>
/// <param name="Reason">One sentence where it was refused or waits.</param>
/// <param name="Number">The collection's number of the job; 0 where it was refused.</param>
public sealed record JobReceipt(Acceptance Acceptance, string? Reason = null, int Number = 0);

/// <summary>A job and the last progress of each of its steps.</summary>
public sealed record JobStatus(Job? Job, IReadOnlyList<ProgressReport> Progress);

/// <summary>Jobs of one or all collections: of each those that ended, the oldest first, the one at work, those that wait.</summary>
public sealed record JobList(IReadOnlyList<Job> Jobs);
