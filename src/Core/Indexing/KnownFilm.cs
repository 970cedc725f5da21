using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What a run keeps of a film that was known before it: a library may have a million of them.</summary>
/// <param name="Id">Content id.</param>
/// <param name="Gone">Whether none of its files was there the last time.</param>
/// <param name="Segments">Segments with frames that are done.</param>
/// <param name="Planned">Segments it has; null where its plan alone tells, -1 where it is to be tried again whatever is there.</param>
/// <param name="Receipt">What is said of it where nothing is missing.</param>
internal sealed record KnownFilm(string Id, bool Gone, int Segments, int? Planned, VideoReceipt Receipt)
{
    /// <summary>Reads it from what the store has.</summary>
    /// <param name="record">Its record, with what probing found.</param>
    /// <param name="done">Its segments that are done.</param>
    /// <param name="sampling">Of the collection.</param>
    public static KnownFilm Of(VideoRecord record, IEnumerable<SegmentFrames> done, Sampling sampling)
    {
        var (segments, frames) = (0, 0);
        foreach (var segment in done.Where(segment => segment.Count > 0))
        {
            (segments, frames) = (segments + 1, frames + segment.Count);
        }

        // A damaged film gives no more until its file changes.
        var isDamaged = record.Damage is not null;
        int? planned =
            isDamaged ? segments
            : record.Failure is not null || segments == 0 ? -1
            : record.Info!.VariableFrameRate ? null
            : DecodePlanner.Plan(record.Info, sampling).Segments;
        var status = record.Failure is null ? WorkStatus.AlreadyDone : WorkStatus.Failed;
        var damage = record.Failure is null ? record.Damage?.Reason : null;
        return new KnownFilm(
            record.Id,
            record.Gone,
            segments,
            planned,
            new VideoReceipt(record.Id, record.Name, status, frames, 0, record.Failure, damage)
        );
    }
}

/// <summary>A place where a film was known to be.</summary>
internal readonly record struct KnownSource(KnownFilm Film, VideoSource Source);
