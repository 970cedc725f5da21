using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

// Why: docs/decisions/processor-time.md
/// <summary>Segments of one film, one after the other. Where the last one ended well, its ffmpeg goes on to the next: starting another,
/// seeking, and decoding from the keyframe before again takes as long as decoding ten seconds of film.</summary>
/// <remarks>One segment is decoded at a time.</remarks>
public sealed class SegmentRun : IAsyncDisposable
{
    private readonly FfmpegCommand _command;
    private readonly IImageCodec _codec;
    private SegmentDecoding? _last;
    private int _next = -1;

    internal SegmentRun(FfmpegCommand command, IImageCodec codec) => (_command, _codec) = (command, codec);

    /// <summary>Where the film is read.</summary>
    public string Path => _command.Path;

    /// <summary>Prepares a segment; nothing starts before its frames are asked for.</summary>
    /// <param name="segment">0 to <see cref="DecodePlan.Segments"/> - 1.</param>
    /// <param name="reach">Where ffmpeg begins; the next one after <see cref="DecodeOutcome.Doubtful"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The film has no such segment.</exception>
    public async ValueTask<SegmentDecoding> DecodeAsync(int segment, Reach reach = Reach.Planned)
    {
        _command.Plan.Require(segment, _command.Path);
        var running = _last?.TakeRunning();
        if (running is not null && (segment != _next || reach != Reach.Planned))
        {
            await running.DisposeAsync().ConfigureAwait(false);
            running = null;
        }

        _next = segment + 1;
        _last = new SegmentDecoding(_command with { Segment = segment, Reach = reach }, _codec, running);
        return _last;
    }

    /// <summary>Ends ffmpeg.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_last?.TakeRunning() is { } running)
        {
            await running.DisposeAsync().ConfigureAwait(false);
        }
    }
}
