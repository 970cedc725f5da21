using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

/// <summary>One segment being decoded: its frames, asked for one by one, and then how it ended.</summary>
public sealed class SegmentDecoding
{
    private readonly FfmpegCommand _command;
    private readonly IImageCodec _codec;
    private readonly SampleGrid _grid;
    private Complaints _complaints = new();
    private FfmpegFrames? _running;
    private byte[]? _spare;
    private bool _seen;

    /// <summary>Prepares it.</summary>
    /// <param name="command">The segment.</param>
    /// <param name="codec">Reads photos.</param>
    /// <param name="running">An ffmpeg whose frame is the segment's first one; null to start one.</param>
    internal SegmentDecoding(FfmpegCommand command, IImageCodec codec, FfmpegFrames? running = null)
    {
        _command = command;
        _codec = codec;
        _running = running;
        _grid = new SampleGrid(command.Plan, command.Segment);
    }

    /// <summary>How it ended; null before <see cref="FramesAsync"/> was enumerated to its end.</summary>
    public DecodeOutcome? Outcome { get; private set; }

    /// <summary>Samples given since ffmpeg was last started.</summary>
    public int Samples { get; private set; }

    /// <summary>Samples the segment should have.</summary>
    public int Expected => _grid.Expected;

    /// <summary>Samples without which something is missing: the film's last one may be none, for a container's length may be wrong by a
    /// frame.</summary>
    public int LeastExpected => _grid.Expected - (_grid.End == long.MaxValue && _grid.Expected > 1 ? 1 : 0);

    /// <summary>Whether the film ended before the segment began.</summary>
    public bool Ended { get; private set; }

    /// <summary>How often ffmpeg was started: more than once where a seek landed too late.</summary>
    public int Attempts { get; private set; }

    /// <summary>The segment's samples in the order of their times, each with a buffer of its own (see
    /// <see cref="Reuse"/>). ffmpeg runs no further ahead than a pipe
    /// holds; leaving the enumeration early ends it. A damaged film ends the enumeration, and <see cref="Outcome"/> says so.</summary>
    public async IAsyncEnumerable<Frame> FramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Outcome = null;
        if (_command.Plan.Strategy == DecodeStrategy.Photo)
        {
            if (ReadPhoto() is { } photo)
            {
                Samples = 1;
                yield return photo;
            }

            yield break;
        }

        // Where a file has no good index, seeking may land too late: then again, from further back.
        for (var attempt = 0; Outcome is null; attempt++)
        {
            Attempts = attempt + 1;
            await foreach (var frame in RunAsync(_command.SeekTo(attempt), cancellationToken).ConfigureAwait(false))
            {
                yield return frame;
            }
        }
    }

    /// <summary>Gives back the pixels of a frame that nobody looks at any more, for a later frame: pages that are fresh for each frame cost
    /// the system and the collector more than the frame is read in.</summary>
    /// <param name="frame">A frame of this decoding.</param>
    public void Reuse(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Volatile.Write(ref _spare, frame.Image.Pixels);
    }

    /// <summary>The ffmpeg that stands at the first frame of the next segment; null where none does. It is the caller's then.</summary>
    internal FfmpegFrames? TakeRunning() => Interlocked.Exchange(ref _running, null);

    // Only where nothing is doubtful are the frames that follow those that a seek would give.
    private bool CanGoOn => _command.Reach == Reach.Planned && Outcome is DecodeOutcome.Complete && _complaints.Count == 0;

    private Frame? ReadPhoto()
    {
        try
        {
            var picture = _codec.ReadPhoto(_command.Path, _command.Plan.Width, _command.Plan.Height);
            Outcome = new DecodeOutcome.Complete();
            return new Frame(0, picture);
        }
        catch (Exception e) when (e is DamagedFileException or IOException or UnauthorizedAccessException)
        {
            Outcome = new DecodeOutcome.Failed($"{_command.Name} cannot be read: {FailureText.Of(e, _command.Path)}.");
            return null;
        }
    }

    private async IAsyncEnumerable<Frame> RunAsync(double? seekTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var goesOn = _running is not null;
        var frames = TakeRunning() ?? new FfmpegFrames(_command, seekTo, cancellationToken);
        _complaints = frames.Complaints;
        (Samples, _seen, Ended) = (0, false, false);
        var last = -1L;
        try
        {
            for (var n = 0; (goesOn && n == 0) || await frames.NextAsync(cancellationToken).ConfigureAwait(false); n++)
            {
                var cell = _grid.Cell(frames.Time);
                _seen = true;
                if (n == 0 && !goesOn && seekTo is not null && cell >= _grid.First)
                {
                    yield break;
                }

                // What was said of a frame was read before its time was.
                if (cell >= _grid.End || Doubted() is not null)
                {
                    Outcome = Judge();
                    _running = CanGoOn ? frames : null;
                    yield break;
                }

                if (cell >= _grid.First && cell > last && !double.IsNaN(frames.Time.Seconds))
                {
                    last = cell;
                    Samples++;
                    var pixels = frames.Take(Interlocked.Exchange(ref _spare, null));
                    yield return new Frame(frames.Time.Seconds, new RgbImage(_command.Plan.Width, _command.Plan.Height, pixels));
                }
            }

            Ended = Samples == 0;
            Outcome = Stopped(await frames.WaitAsync(cancellationToken).ConfigureAwait(false)) ?? Judge(ended: true);
        }
        finally
        {
            if (_running is null)
            {
                await frames.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>ffmpeg did not come to an end by itself.</summary>
    private DecodeOutcome.Failed? Stopped(ChildExit exit)
    {
        var failed = exit.Code > 128 || (exit.Code != 0 && (!_seen || _complaints.First is null));
        var code = exit.Code.ToString(CultureInfo.InvariantCulture);
        var cause = exit.Stopped ?? (failed ? $"ffmpeg ended with code {code} ({Short(_complaints.Last ?? exit.ErrorTail)})" : null);
        return cause is null
            ? null
            : new DecodeOutcome.Failed(
                $"{_command.Name} could be decoded up to sample {Samples} of {_grid.Expected} only: {cause.TrimEnd('.')}."
            );
    }

    private DecodeOutcome Judge(bool ended = false) =>
        _command.CanReachFurther && (Doubted() ?? Short(ended)) is { } doubt ? new DecodeOutcome.Doubtful(doubt)
        : _complaints.First is { } complaint ? new DecodeOutcome.Damaged(Short(complaint), _complaints.FirstAfter)
        : new DecodeOutcome.Complete();

    private string? Doubted() => _command.CanReachFurther && _complaints.First is { } complaint ? Short(complaint) : null;

    // Every frame from some keyframes before is the film as it is: what has no frame there, has none. But a seek may give nothing at all.
    private string? Short(bool ended) =>
        Samples < LeastExpected && (_command.Reach == Reach.Planned || (ended && !_seen))
            ? string.Create(CultureInfo.InvariantCulture, $"{Samples} of {_grid.Expected} samples came")
            : null;

    private static string Short(string line)
    {
        var text = line.Split('\n')[^1];
        text = text[(text.LastIndexOf(']') + 1)..].Trim(' ', '.');
        return text.Length > 200 ? text[..200] : text;
    }
}
