using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Client.Cluster;

/// <summary>A job in one or two sentences.</summary>
internal static class JobText
{
    public static string Of(Job job) =>
        job switch
        {
            { State: JobState.Running } => $"Job {job.Number} of collection '{job.Collection}' is at work.",
            { State: JobState.Queued } => $"Job {job.Number} of collection '{job.Collection}' waits for those before it.",
            { State: JobState.Cancelled } => $"Job {job.Number} of collection '{job.Collection}' was cancelled; what was done is kept.",
            { State: JobState.Failed } => $"Job {job.Number} of collection '{job.Collection}' failed: {job.Reason}",
            { Report: { } report } => Done(report),
            _ => $"Job {job.Number} of collection '{job.Collection}' is done.",
        };

    /// <summary>What a job was asked to do, in a few words.</summary>
    public static string Asked(Job job) =>
        job.Films is { } films
            ? $"index {films.Paths.FirstOrDefault()}{(films.Paths.Count > 1 ? " ..." : "")}{(films.Prune ? " --prune" : "")}"
            : "train";

    /// <summary>What a job did, in a few words.</summary>
    public static string Did(Job job) =>
        job switch
        {
            { Reason: { } reason } => reason,
            { Report: not { } } => "-",
            { Films: null, Report: { Map: { } map } } => $"map {map.Version}",
            { Report: { } report } => string.Join(
                ", ",
                Counts(report)
                    .Where(count => count.Number > 0)
                    .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Number} {count.Word}"))
                    .DefaultIfEmpty("nothing new")
            ) + (report.Map is { New: true } map ? $", map {map.Version}" : ""),
        };

    private static IEnumerable<(int Number, string Word)> Counts(JobReport report)
    {
        var changes = report.Changes ?? new JobChanges(0, 0, 0, 0, 0);
        return
        [
            (changes.New, "new"),
            (changes.Changed, "changed"),
            (changes.Moved, "moved"),
            (changes.Copied, "copied"),
            (changes.Gone, "gone"),
            (report.Failures, "failed"),
        ];
    }

    private static string Done(JobReport report)
    {
        var films =
            report.Films + report.Failures == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Films} films and photos done ({report.Frames} frames), {report.Failures} failed, {report.Ignored} "
                        + $"files ignored, "
                        + $"in {report.Seconds:0.0} s. "
                );
        return films
            + (
                report.Map is { } map
                    ? $"Map {map.Version}: {map.Frames} frames{(map.New ? "" : ", as before")}.{(map.Note is null ? "" : " " + map.Note)}"
                        + (report.Kept is { } kept && KeptLine.Of(kept) is { } line ? " " + line : "")
                    : "No frames, no map."
            );
    }
}
