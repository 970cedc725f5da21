using System.Globalization;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Client.Cluster;

/// <summary>A job in one or two sentences.</summary>
internal static class JobText
{
    public static string Of(Job job) =>
        job switch
        {
            { State: JobState.Running } => $"Job {job.Number} of collection '{job.Collection}' is at work.",
            { State: JobState.Cancelled } => $"Job {job.Number} of collection '{job.Collection}' was cancelled; what was done is kept.",
            { State: JobState.Failed } => $"Job {job.Number} of collection '{job.Collection}' failed: {job.Reason}",
            { Report: { } report } => Done(report),
            _ => $"Job {job.Number} of collection '{job.Collection}' is done.",
        };

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
                    : "No frames, no map."
            );
    }
}
