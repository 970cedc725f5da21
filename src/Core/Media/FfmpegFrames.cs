using System.Threading.Channels;

namespace OrleansAtlas.Media;

/// <summary>An ffmpeg that runs: its frames one by one, each with its time. It runs no further ahead than a pipe holds.</summary>
internal sealed class FfmpegFrames : IAsyncDisposable
{
    private const int WaitingTimes = 64;
    private readonly ChildProcess _child;
    private readonly ShowInfo _showInfo = new();
    private readonly double? _mattersFrom;
    private readonly Channel<FrameTime> _times = Channel.CreateBounded<FrameTime>(
        new BoundedChannelOptions(WaitingTimes) { SingleReader = true, SingleWriter = true }
    );
    private byte[] _pixels;

    /// <summary>Starts it.</summary>
    /// <param name="command">What it decodes.</param>
    /// <param name="seekTo">Where it seeks to; null for the film's start.</param>
    /// <param name="cancellationToken">Interrupts it at once.</param>
    public FfmpegFrames(FfmpegCommand command, double? seekTo, CancellationToken cancellationToken)
    {
        _mattersFrom = command.Reach == Reach.Further ? command.MattersFrom : null;
        _pixels = GC.AllocateUninitializedArray<byte>(command.Plan.Width * command.Plan.Height * 3);
        _child = ChildProcess.Start(command.Tools.Ffmpeg, command.Arguments(seekTo), command.Limits, HearAsync, cancellationToken);
    }

    /// <summary>What it complained about so far.</summary>
    public Complaints Complaints { get; } = new();

    /// <summary>When the frame is shown.</summary>
    public FrameTime Time { get; private set; }

    /// <summary>Waits for the next frame.</summary>
    /// <returns>False where there is none.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (await _child.ReadAsync(_pixels, cancellationToken).ConfigureAwait(false) < _pixels.Length)
        {
            return false;
        }

        Time = await _times.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives the frame's pixels away.</summary>
    /// <param name="spare">Where the next frame goes; null for an array of its own.</param>
    public byte[] Take(byte[]? spare)
    {
        var pixels = _pixels;
        _pixels = spare ?? GC.AllocateUninitializedArray<byte>(pixels.Length);
        return pixels;
    }

    /// <summary>Waits for its end, after its last frame.</summary>
    public Task<ChildExit> WaitAsync(CancellationToken cancellationToken) => _child.WaitAsync(cancellationToken);

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private ValueTask HearAsync(string line, CancellationToken cancellationToken)
    {
        Complaints.Read(line);
        if (_showInfo.Read(line) is not { } time)
        {
            return ValueTask.CompletedTask;
        }

        Complaints.Show(time.Seconds);
        if (time.Filter < _mattersFrom)
        {
            Complaints.Forget();
        }

        return _times.Writer.WriteAsync(time, cancellationToken);
    }
}
