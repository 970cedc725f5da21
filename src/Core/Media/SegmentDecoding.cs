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
    private string? _complaint;

    internal SegmentDecoding(FfmpegCommand command, IImageCodec codec)
    {
        _command = command;
        _codec = codec;
        _grid = new SampleGrid(command.Plan, command.Segment);
    }

    /// <summary>How it ended; null before <see cref="FramesAsync"/> was enumerated to its end.</summary>
    public DecodeOutcome? Outcome { get; private set; }

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
        var child = ChildProcess.Start(
            _command.Tools.Ffmpeg,
            _command.Arguments(seekTo),
            _command.Limits,
            Listener(times.Writer),
            cancellationToken
        );
        await using var ends = child.ConfigureAwait(false);
        var size = _command.Plan.Width * _command.Plan.Height * 3;
        var buffer = new byte[size];
        var last = -1L;
        for (var n = 0; await child.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) == size; n++)
        {
            var time = await times.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var cell = _grid.Cell(time);
            if (n == 0 && seekTo is not null && cell >= _grid.First)
            {
                yield break;
            }

            if (cell >= _grid.End)
            {
                Outcome = new DecodeOutcome.Complete();
                yield break;
            }

            if (cell >= _grid.First && cell > last && !double.IsNaN(time.Seconds))
            {
                last = cell;
                yield return new Frame(time.Seconds, new RgbImage(_command.Plan.Width, _command.Plan.Height, buffer));
                buffer = new byte[size];
            }
        }

        Outcome = Judge(await child.WaitAsync(cancellationToken).ConfigureAwait(false), last);
    }

    private Func<string, CancellationToken, ValueTask> Listener(ChannelWriter<FrameTime> times)
    {
        var showInfo = new ShowInfo();
        _complaint = null;
        return (line, token) =>
        {
            if (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal))
            {
                _complaint = line;
            }

            return showInfo.Read(line) is { } time ? times.WriteAsync(time, token) : ValueTask.CompletedTask;
        };
    }

    /// <summary>The film ended before the segment's end was seen: as it should, or because it is damaged.</summary>
    private DecodeOutcome Judge(ChildExit exit, long last)
    {
        var expected = Math.Min(_grid.End, _command.Plan.Samples) - 1;
        var cause =
            exit.Stopped
            ?? (
                exit.Code != 0
                    ? $"ffmpeg ended with code {exit.Code.ToString(CultureInfo.InvariantCulture)} ({Short(_complaint ?? exit.ErrorTail)})"
                : last < expected - 1 && _complaint is not null ? $"the film breaks off ({Short(_complaint)})"
                : null
            );
        return cause is null
            ? new DecodeOutcome.Complete()
            : new DecodeOutcome.Failed(
                $"{_command.Name} could be decoded up to sample {last + 1} of {expected + 1} only: {cause.TrimEnd('.')}."
            );
    }

    private static string Short(string line)
    {
        var text = line.Split('\n')[^1];
        text = text[(text.LastIndexOf(']') + 1)..].Trim(' ', '.');
        return text.Length > 200 ? text[..200] : text;
    }
}
