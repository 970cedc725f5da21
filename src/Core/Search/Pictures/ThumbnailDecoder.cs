using OrleansAtlas.Media;

namespace OrleansAtlas.Search.Pictures;

/// <summary>Makes thumbnails out of a file.</summary>
internal static class ThumbnailDecoder
{
    /// <summary>Pictures a second.</summary>
    public const double Rate = 8;

    // 150 MB; a film of more than two hours has fewer pictures a second.
    private const int MostFrames = 1 << 16;
    private const int SamplesASegment = 1024;

    /// <summary>Decodes a film, or a photo.</summary>
    /// <returns>The pictures, or why there are none.</returns>
    public static async Task<(Thumbnails? Made, string? Lacking)> DecodeAsync(
        FilmDecoder decoder,
        string path,
        VideoInfo info,
        CancellationToken cancellationToken
    )
    {
        var rate = info.Duration > 0 ? Math.Min(Rate, MostFrames / info.Duration) : Rate;
        var plan = DecodePlanner.Plan(info, new Sampling { FramesPerSecond = rate });
        plan = plan with
        {
            Width = Thumbnails.Side,
            Height = Thumbnails.Side,
            SamplesPerSegment = Math.Max(plan.SamplesPerSegment, SamplesASegment),
        };
        var (times, grey) = (new List<double>(), new List<byte[]>());
        var run = decoder.Run(path, info, plan, plan.Segments);
        await using var ends = run.ConfigureAwait(false);
        for (var segment = 0; segment < plan.Segments; segment++)
        {
            var before = times.Count;
            for (var reach = Reach.Planned; ; reach++)
            {
                var decoding = await run.DecodeAsync(segment, reach).ConfigureAwait(false);
                await foreach (var frame in decoding.FramesAsync(cancellationToken).ConfigureAwait(false))
                {
                    var small = new byte[Thumbnails.Size];
                    Thumbnails.Shrink(frame.Image, small);
                    times.Add(frame.Time);
                    grey.Add(small);
                }

                if (decoding.Outcome is DecodeOutcome.Failed failed)
                {
                    return (null, failed.Reason.TrimEnd('.'));
                }

                if (decoding.Outcome is not DecodeOutcome.Doubtful)
                {
                    break;
                }

                times.RemoveRange(before, times.Count - before);
                grey.RemoveRange(before, grey.Count - before);
            }
        }

        return times.Count > 0
            ? (new Thumbnails([.. times], [.. grey.SelectMany(bytes => bytes)]), null)
            : (null, "none of its frames came");
    }
}
