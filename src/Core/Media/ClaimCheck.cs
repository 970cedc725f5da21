using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>Compares what a film's container says of its length and rate with its packets.</summary>
/// <param name="path">The film.</param>
/// <param name="info">What was found out so far.</param>
/// <param name="length">Bytes of the file.</param>
/// <param name="tools">Where ffprobe is.</param>
/// <param name="ask">Asks ffprobe about the film; the answer in JSON and how it ended.</param>
internal sealed class ClaimCheck(
    string path,
    VideoInfo info,
    long length,
    FfmpegTools tools,
    Func<string[], CancellationToken, Task<(string? Json, ChildExit? Exit)>> ask
)
{
    /// <summary>Where a long film is looked into, as shares of its length.</summary>
    public static readonly double[] Shares = [0.25, 0.5, 0.75];

    // Sound may go on for a moment after the last picture.
    private const double LastTolerance = 1;
    private const double LastStretch = 5;

    // Less than every eighth byte of a file holds a frame of its own.
    private const double LeastBytesPerFrame = 8;

    private readonly double _claimed = info.Duration * info.FrameRate;
    private readonly double _most = length / LeastBytesPerFrame;

    /// <summary>Puts right what is wrong.</summary>
    /// <param name="first">Packets of the film's beginning.</param>
    /// <param name="later">Packets at <see cref="Shares"/>; null where the film is short.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ProbeResult> CheckAsync(string first, string? later, CancellationToken cancellationToken)
    {
        if (!IsDoubtful(first, later) && await EndsAsClaimedAsync(cancellationToken).ConfigureAwait(false))
        {
            return new ProbeResult.Found(info);
        }

        var timeline = await PacketScan.RunAsync(tools, path, info, cancellationToken).ConfigureAwait(false);
        return timeline is not null ? new ProbeResult.Found(timeline.Correct(info, FilmFormats.CountsFrames(info.Format), _most))
            : _claimed <= _most ? new ProbeResult.Found(info)
            : new ProbeResult.Failed(
                $"{FilmFile.NameOf(path)} claims more frames than its bytes can hold, and they cannot be counted; wrap it again: "
                    + "ffmpeg -i FILE -c copy NEW.mkv."
            );
    }

    private bool IsDoubtful(string first, string? later)
    {
        var beginning = FfprobeParser.Times(first, info.Stream);
        return !FilmFormats.IsIndexed(info.Format)
            || Math.Abs(info.Frames - _claimed) > Math.Max(2, _claimed / 50)
            || _claimed > _most
            || beginning.Count < Math.Min(info.Frames, 10)
            || Math.Abs((1 / beginning.MeanGap) - info.FrameRate) > 0.05 * info.FrameRate
            || (later is not null && !HasPacketsThroughout(FfprobeParser.Times(later, info.Stream)));
    }

    private bool HasPacketsThroughout(PacketTimes later) =>
        Shares.All(share =>
        {
            var wanted = info.Start + (share * info.Duration);
            return later.Any(wanted - (info.KeyframeSpacing ?? 0) - 1, wanted + LastStretch);
        });

    /// <summary>Where a container counts no frames, its last packets say whether its length is true.</summary>
    private async Task<bool> EndsAsClaimedAsync(CancellationToken cancellationToken)
    {
        if (FilmFormats.CountsFrames(info.Format) || info.Duration <= FfprobeParser.ProbeWindow)
        {
            return true;
        }

        var last = string.Create(CultureInfo.InvariantCulture, $"{info.Start + info.Duration - LastStretch:0.###}%");
        var stream = string.Create(CultureInfo.InvariantCulture, $"{info.Stream}");
        var (json, exit) = await ask(
                ["-select_streams", stream, "-show_entries", FfprobeAnswer.Packets, "-read_intervals", last],
                cancellationToken
            )
            .ConfigureAwait(false);
        return json is not null
            && exit!.Stopped is null
            && FfprobeParser.Times(json, info.Stream) is { Count: > 0 } times
            && times.Last > info.Start + info.Duration - LastTolerance - (1 / info.FrameRate);
    }
}
