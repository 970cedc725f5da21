using System.Collections.Concurrent;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Frames out of the films themselves, at their full size.</summary>
/// <param name="map">The films.</param>
/// <param name="work">Opens and decodes them.</param>
/// <param name="codec">Keeps frames until they are drawn.</param>
/// <param name="stored">Gives what stands in for a frame that cannot be had.</param>
/// <param name="bars">What is cut away of the frames.</param>
internal sealed class OriginalFrames(AtlasMap map, WorkContext work, IImageCodec codec, IFrameSource stored, FilmBars bars) : IFrameSource
{
    private const int Quality = 97;
    private readonly ConcurrentDictionary<MapFrame, byte[]> _jpegs = new();
    private readonly ConcurrentDictionary<int, (int Frames, string Reason)> _standIns = new();

    /// <summary>Films of which stored frames stand in, by name.</summary>
    public IReadOnlyList<StandIn> StandIns =>
        [
            .. _standIns
                .Select(film => new StandIn(map.NameOf(film.Key), film.Value.Frames, film.Value.Reason))
                .OrderBy(film => film.Film, StringComparer.Ordinal),
        ];

    /// <summary>Fetches the frames of a mosaic, several films at once, each film's in the order of their times; none is kept larger than
    /// its cell.</summary>
    /// <param name="layout">Which frames.</param>
    /// <param name="geometry">How large they are drawn.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task FetchAsync(GridLayout layout, MosaicGeometry geometry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(geometry);
        var (width, height) = (geometry.Cell(0, 0).Width + 1, geometry.Cell(0, 0).Height + 1);

        // A film with many frames would hold up the others' end: it is shared out in runs.
        const int Run = 16;
        var runs = layout
            .Cells.Select(cell => cell.Frame)
            .GroupBy(frame => frame.FilmIndex)
            .SelectMany(film => film.OrderBy(frame => frame.Time).Chunk(Run))
            .ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                runs,
                options,
                async (run, token) =>
                {
                    if (await FetchAsync(run, width, height, token).ConfigureAwait(false) is var (frames, reason))
                    {
                        _standIns.AddOrUpdate(run[0].FilmIndex, (frames, reason), (_, before) => (before.Frames + frames, before.Reason));
                    }
                }
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken) =>
        _jpegs.TryGetValue(frame, out var jpeg)
            ? Task.FromResult(codec.Decode(jpeg))
            : stored.ReadAsync(frame, width, height, cancellationToken);

    /// <summary>Fetches frames of one film.</summary>
    /// <returns>Null, or how many there are not, and why.</returns>
    private async Task<(int Frames, string Reason)?> FetchAsync(
        IReadOnlyList<MapFrame> run,
        int width,
        int height,
        CancellationToken cancellationToken
    )
    {
        var film = map.Films[run[0].FilmIndex];
        if (film?.Info is not { } info || film.Sources.FirstOrDefault(source => work.Films.IsThere(source.Path)) is not { } source)
        {
            var places = string.Join(", ", film?.Sources.Select(one => $"'{one.Path}'") ?? []);
            return (run.Count, $"None of its files is there any more ({places}).");
        }

        try
        {
            using var open = await work.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
            (int Frames, string Reason)? missing = null;
            foreach (var frame in run)
            {
                if (await FetchAsync(open.Path, source, info, frame, width, height, cancellationToken).ConfigureAwait(false) is { } reason)
                {
                    missing = ((missing?.Frames ?? 0) + 1, missing?.Reason ?? reason);
                }
            }

            return missing;
        }
        catch (IOException error)
        {
            return (run.Count, $"'{source.Path}' cannot be read: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <returns>Null, or why there is none.</returns>
    private async Task<string?> FetchAsync(
        string path,
        VideoSource source,
        VideoInfo info,
        MapFrame frame,
        int width,
        int height,
        CancellationToken cancellationToken
    )
    {
        for (var reach = Reach.Planned; ; reach++)
        {
            var decoding = work.Decoder.Decode(path, info, PlanFor(info, frame.Time), IsPhoto(info) ? 0 : 1, reach);
            await foreach (var original in decoding.FramesAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Math.Abs(original.Time - frame.Time) > 1e-3)
                {
                    return FormattableString.Invariant(
                        $"'{source.Path}' has no frame at {frame.Time:0.###} s any more: it was changed since it was indexed."
                    );
                }

                var picture = (await bars.OfAsync(frame.FilmIndex, cancellationToken).ConfigureAwait(false)).Cut(original.Image);
                _jpegs[frame] = codec.EncodeJpeg(
                    Resampler.Cover(picture, Math.Min(width, picture.Width), Math.Min(height, picture.Height)),
                    Quality
                );
                return null;
            }

            if (decoding.Outcome is not DecodeOutcome.Doubtful)
            {
                return (decoding.Outcome as DecodeOutcome.Failed)?.Reason
                    ?? FormattableString.Invariant($"'{source.Path}' has no frame at {frame.Time:0.###} s.");
            }
        }
    }

    // Other photos are read by ffmpeg, as films are.
    private static bool IsPhoto(VideoInfo info) => info is { Kind: MediaKind.Photo, Clock: FilmClock.Stored };

    /// <summary>A plan whose second segment is one frame long, at full size: its only sample is the frame shown at that time.</summary>
    private static DecodePlan PlanFor(VideoInfo info, double time)
    {
        var frame = info.FrameRate > 0 ? 1 / info.FrameRate : 1;
        return new DecodePlan
        {
            Strategy =
                IsPhoto(info) ? DecodeStrategy.Photo
                : info.Clock == FilmClock.Stored ? DecodeStrategy.Forward
                : DecodeStrategy.Linear,
            Reason = "One frame of the film at its full size.",
            Interval = frame,
            Start = IsPhoto(info) ? 0 : time - frame,
            HalfFrame = frame / 4,
            Samples = IsPhoto(info) ? 1 : 3,
            SamplesPerSegment = 1,
            Width = info.DisplayWidth,
            Height = info.DisplayHeight,
        };
    }
}
