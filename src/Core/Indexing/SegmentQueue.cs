using OrleansAtlas.Media;

namespace OrleansAtlas.Indexing;

/// <summary>The segments of a film that are still to do, given out in runs that one ffmpeg goes through: long ones first, so that those who
/// work on it end at about the same time.</summary>
/// <param name="missing">The segments, ascending.</param>
/// <param name="plan">How the film is decoded.</param>
/// <param name="workers">How many runs there are at once, at most.</param>
internal sealed class SegmentQueue(IEnumerable<int> missing, DecodePlan plan, int workers)
{
    // Less is not worth a start of ffmpeg, more is not worth waiting for at a film's end.
    private const double LeastSeconds = 60;
    private const double MostSeconds = 300;

    private readonly double _seconds = plan.SamplesPerSegment * plan.Interval;
    private readonly LinkedList<int> _left = new(missing);

    /// <summary>How many segments are left.</summary>
    public int Count => _left.Count;

    /// <summary>Takes a run of segments.</summary>
    /// <returns>The first and how many; null where none is left.</returns>
    public (int First, int Count)? Next()
    {
        if (_left.First is not { Value: var first })
        {
            return null;
        }

        var share = (_left.Count + workers - 1) / workers;
        var most = Math.Clamp(share, Segments(LeastSeconds), Segments(MostSeconds));
        var count = 0;
        while (count < most && _left.First?.Value == first + count)
        {
            _left.RemoveFirst();
            count++;
        }

        return (first, count);
    }

    /// <summary>Puts back what was not tried of a run.</summary>
    /// <param name="first">Its first segment.</param>
    /// <param name="count">How many; may be 0.</param>
    public void PutBack(int first, int count)
    {
        for (var segment = first + count - 1; segment >= first; segment--)
        {
            _left.AddFirst(segment);
        }
    }

    /// <summary>Leaves out the rest.</summary>
    public void Clear() => _left.Clear();

    private int Segments(double seconds) => (int)Math.Ceiling(seconds / _seconds);
}
