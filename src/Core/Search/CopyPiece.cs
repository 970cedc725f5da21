using System.Collections.Concurrent;

namespace OrleansAtlas.Search;

/// <summary>A stretch of film that is compared with others: its coarse looks are made once a view.</summary>
/// <param name="Clip">The stretch.</param>
/// <param name="Frames">Its small pictures.</param>
internal sealed record CopyPiece(Clip Clip, SmallFrames Frames)
{
    public const int Columns = 16;
    public const int Rows = 9;

    private readonly ConcurrentDictionary<PictureView, float[]> _looks = new();

    /// <summary>The looks of a view at evenly spaced times from its beginning on, or somewhat later.</summary>
    public MovementTrack Track(PictureView view, double step, double shift) =>
        MovementTrack.Resample(Frames.Times, _looks.GetOrAdd(view, wanted => Frames.Look(wanted, Columns, Rows)), Frames.Times[0] + shift, step);
}
