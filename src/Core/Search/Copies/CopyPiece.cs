using System.Collections.Concurrent;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Copies;

/// <summary>A stretch of film that is compared with others: its coarse looks are made once a view.</summary>
/// <param name="Clip">The stretch.</param>
/// <param name="Frames">Its small pictures.</param>
internal sealed record CopyPiece(Clip Clip, Thumbnails Frames)
{
    public const int Columns = 16;
    public const int Rows = 9;

    private readonly ConcurrentDictionary<PictureView, float[]> _looks = new();
    private readonly ConcurrentDictionary<(PictureView View, double Step, double Shift), Lazy<PreparedTrack>> _tracks = new();

    /// <summary>The looks of a view at evenly spaced times from its beginning on, or somewhat later.</summary>
    public PreparedTrack Track(PictureView view, double step, double shift) =>
        _tracks
            .GetOrAdd(
                (view, step, shift),
                _ =>
                    new(() =>
                    {
                        var looks = _looks.GetOrAdd(view, wanted => Frames.Look(wanted, Columns, Rows));
                        return new PreparedTrack(MovementTrack.Resample(Frames.Times, looks, Frames.Times[0] + shift, step));
                    })
            )
            .Value;
}

/// <summary>A track and the sums that its energies come from.</summary>
/// <param name="Track">The track.</param>
internal sealed record PreparedTrack(MovementTrack Track)
{
    /// <summary>Sums of its looks' products with each other.</summary>
    public double[] Within { get; } = MovementAlignment.Within(Track);
}
