using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

/// <summary>One segment being decoded: its frames, asked for one by one, and then how it ended.</summary>
public sealed class SegmentDecoding
{
    private const int WaitingTimes = 64;
    private readonly FfmpegCommand _command;
    private readonly IImageCodec _codec;
    private readonly SampleGrid _grid;
    private Complaints _complaints = new();
    private bool _seen;

    internal SegmentDecoding(FfmpegCommand command, IImageCodec codec)
    {
        _command = command;
        _codec = codec;
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

    /// <summary>The segment's samples in the order of their times, each with a buffer of its own. ffmpeg runs no further ahead than a pipe
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
            Outcome = new DecodeOutcome.Failed($"{_command.Name} cannot be read: {e.Message}");
            return null;
        }
    }

    private async IAsyncEnumerable<Frame> RunAsync(double? seekTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var times = Channel.CreateBounded<FrameTime>(new BoundedChannelOptions(WaitingTimes) { SingleReader = true, SingleWriter = true });
        _complaints = new Complaints();
        (Samples, _seen, Ended) = (0, false, false);
        var child = ChildProcess.Start(
            _command.Tools.Ffmpeg,
            _command.Arguments(seekTo),
            _command.Limits,
            Listener(times.Writer),
            cancellationToken
        );
        await using var ends = child.ConfigureAwait(false);
        var size = _command.Plan.Width * _command.Plan.Height * 3;
        var buffer = GC.AllocateUninitializedArray<byte>(size);
        var last = -1L;
        for (var n = 0; await child.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) == size; n++)
        {
            var time = await times.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var cell = _grid.Cell(time);
            _seen = true;
            if (n == 0 && seekTo is not null && cell >= _grid.First)
            {
                yield break;
            }

            // What was said of a frame was read before its time was.
            if (cell >= _grid.End || Doubted() is not null)
            {
                Outcome = Judge();
                yield break;
            }

            if (cell >= _grid.First && cell > last && !double.IsNaN(time.Seconds))
            {
                last = cell;
                Samples++;
                yield return new Frame(time.Seconds, new RgbImage(_command.Plan.Width, _command.Plan.Height, buffer));
                buffer = GC.AllocateUninitializedArray<byte>(size);
            }
        }

        Ended = Samples == 0;
        Outcome = Stopped(await child.WaitAsync(cancellationToken).ConfigureAwait(false)) ?? Judge(ended: true);
    }

    private Func<string, CancellationToken, ValueTask> Listener(ChannelWriter<FrameTime> times)
    {
        var (showInfo, complaints) = (new ShowInfo(), _complaints);
        return (line, token) =>
        {
            complaints.Read(line);
            if (showInfo.Read(line) is not { } time)
            {
                return ValueTask.CompletedTask;
            }

            complaints.Show(time.Seconds);
            if (_command.Reach == Reach.Further && time.Filter < _command.MattersFrom)
            {
                complaints.Forget();
            }

            return times.WriteAsync(time, token);
        };
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
