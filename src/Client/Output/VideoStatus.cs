using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Output;

/// <summary>One film in <see cref="StatusDocument"/>: <c>done</c>, <c>damaged</c>, <c>partial</c>, <c>failed</c> or <c>gone</c>. An input
/// that failed before it was known what it is has no id.</summary>
internal sealed record VideoStatus(
    string? Id,
    string Name,
    string? Path,
    string State,
    string? Reason,
    int Frames,
    double Seconds,
    PlanStatus? Plan
)
{
    private const string GoneReason = "none of its files is there any more; it stays on the map until: atlas index --prune";

    public static VideoStatus From(FailedInput input) => new(null, input.Name, input.Path, "failed", input.Reason, 0, 0, null);

    /// <summary>What cannot be used is told of file by file, as by <c>atlas index</c>.</summary>
    public static IEnumerable<VideoStatus> From(VideoRecord record) =>
        record.Sources.Select(source => new VideoStatus(
            record.Id,
            source.Name,
            source.Path,
            record.Gone ? "gone" : "failed",
            record.Gone ? GoneReason : record.FailureOf(source),
            0,
            0,
            null
        ));

    public static VideoStatus From(VideoRecord record, DecodePlan? plan, FilmFrames? frames, FailedInput? failed)
    {
        var failure = failed?.Reason ?? record.Failure;
        var state =
            record.Gone ? "gone"
            : failure is not null ? "failed"
            : record.Damage is not null ? "damaged"
            : plan is not null && (frames?.Segments.Count ?? 0) >= plan.Segments ? "done"
            : "partial";
        return new VideoStatus(
            record.Id,
            record.Name,
            record.Sources.Count > 0 ? record.Sources[0].Path : null,
            state,
            record.Gone ? GoneReason : failure ?? record.Damage?.Reason,
            frames?.Count ?? 0,
            record.Info?.Duration ?? 0,
            plan is null ? null : PlanStatus.From(plan)
        );
    }
}
