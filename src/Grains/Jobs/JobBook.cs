using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains.Jobs;

// Why: docs/decisions/jobs-that-queue.md
/// <summary>The jobs of a collection: the last one, at work or ended; those that wait for it; those that ended before it. Each change is a
/// new book, so that the store can refuse one that was made from an old one.</summary>
/// <param name="Last">The job at work, or, if none is, the one that ended last.</param>
/// <param name="Queued">Jobs that wait, the next one first; none unless <paramref name="Last"/> is at work.</param>
/// <param name="Ended">Jobs that ended before, the oldest first, without long lists.</param>
public sealed record JobBook(Job Last, IReadOnlyList<Job> Queued, IReadOnlyList<Job> Ended)
{
    /// <summary>Jobs that may wait.</summary>
    public const int MostQueued = 8;

    /// <summary>Jobs that are kept after their end.</summary>
    public const int MostEnded = 50;

    // Of what a job was asked and of what failed, in one that is kept.
    private const int MostNamed = 3;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<Job> All => [.. Ended, Last, .. Queued];

    /// <summary>Takes a job that is asked for: it starts, waits, is the same as one that is at work or waits, or is refused.</summary>
    /// <param name="before">The book; null if the collection had no job yet.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="now">When, UTC.</param>
    /// <returns>The book afterwards, and the answer.</returns>
    public static (JobBook Book, JobReceipt Receipt) Accept(JobBook? before, Job wanted, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (before is null)
        {
            return Started(new JobBook(wanted with { Number = 1, Started = now, State = JobState.Running }, [], []));
        }

        var number = before.All.Max(job => job.Number) + 1;
        if (before.Last.State != JobState.Running)
        {
            return Started(before.Put(wanted with { Number = number }, now));
        }

        var key = WorkKey.Job(wanted);
        if (before.Queued.Prepend(before.Last).FirstOrDefault(job => WorkKey.Job(job) == key) is { } same)
        {
            var waits = same.State == JobState.Queued ? $"The same job (number {same.Number}) waits already." : null;
            return (before, new JobReceipt(Acceptance.Joined, waits, same.Number));
        }

        var (collection, ahead) = (before.Last.Collection, before.Queued.Count);
        if (ahead == MostQueued)
        {
            return (
                before,
                new JobReceipt(
                    Acceptance.Refused,
                    $"{MostQueued} jobs wait for collection '{collection}' already, which is the most; ask again later, or end some: "
                        + $"atlas jobs, atlas cancel."
                )
            );
        }

        var others = ahead == 0 ? "" : $" and {ahead} more";
        var reason = $"Collection '{collection}' is at job {before.Last.Number}{others}; job {number} begins when that has ended.";
        var queued = wanted with { Number = number, Started = now, State = JobState.Queued };
        return (before with { Queued = [.. before.Queued, queued] }, new JobReceipt(Acceptance.Queued, reason, number));
    }

    /// <summary>Ends the job at work, if it is the one of this number, and begins the next one.</summary>
    public JobBook End(Job ended, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(ended);
        if (Last.State != JobState.Running || Last.Number != ended.Number)
        {
            return this;
        }

        var book = this with { Last = ended with { Ended = now } };
        return Queued.Count > 0 ? (book with { Queued = [.. Queued.Skip(1)] }).Put(Queued[0], now) : book;
    }

    /// <summary>Cancels a job, at work or waiting; one that has ended stays as it is.</summary>
    /// <param name="number">Its number; null for the one at work.</param>
    /// <param name="now">When, UTC.</param>
    public JobBook Cancel(int? number, DateTime now)
    {
        if ((number ?? Last.Number) == Last.Number)
        {
            return End(Last with { State = JobState.Cancelled }, now);
        }

        return Queued.FirstOrDefault(job => job.Number == number) is { } waits
            ? this with
            {
                Queued = [.. Queued.Where(job => job != waits)],
                Ended = Keep(waits with { State = JobState.Cancelled, Ended = now }),
            }
            : this;
    }

    private static (JobBook Book, JobReceipt Receipt) Started(JobBook book) => (book, new(Acceptance.Started, null, book.Last.Number));

    private JobBook Put(Job next, DateTime now) =>
        this with
        {
            Last = next with { State = JobState.Running, Started = now },
            Ended = Keep(Last),
        };

    private IReadOnlyList<Job> Keep(Job ended) => [.. Ended.Append(Shortened(ended)).OrderBy(job => job.Number).TakeLast(MostEnded)];

    private static Job Shortened(Job job) =>
        job with
        {
            Films = job.Films is { } films ? films with { Paths = [.. films.Paths.Take(MostNamed)] } : null,
            Report = job.Report is { } report ? report with { Failed = [.. report.Failed.Take(MostNamed)] } : null,
        };
}
