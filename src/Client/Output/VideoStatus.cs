using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Output;

/// <summary>One film in <see cref="StatusDocument"/>: <c>done</c>, <c>damaged</c>, <c>partial</c>, <c>failed</c> or <c>gone</c>.</summary>
internal sealed record VideoStatus(string Id, string Name, string State, string? Reason, int Frames, double Seconds, PlanStatus? Plan)
{
    public static VideoStatus From(VideoRecord record, DecodePlan? plan, FilmFrames? frames)
    {
        var state =
            record.Gone ? "gone"
            : record.Failure is not null ? "failed"
            : record.Damage is not null ? "damaged"
            : plan is not null && (frames?.Segments.Count ?? 0) >= plan.Segments ? "done"
            : "partial";
        return new VideoStatus(
            record.Id,
            record.Name,
            state,
            record.Gone
                ? "none of its files is there any more; it stays on the map until: atlas index --prune"
                : record.Failure ?? record.Damage?.Reason,
            frames?.Count ?? 0,
            record.Info?.Duration ?? 0,
            plan is null ? null : PlanStatus.From(plan)
        );
    }
}
