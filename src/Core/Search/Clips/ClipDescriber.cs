using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Pictures;
using OrleansAtlas.Work;

namespace OrleansAtlas.Search.Clips;

/// <summary>Describes a file without adding it to a collection.</summary>
/// <param name="context">Decoder, model.</param>
/// <param name="map">The map on which its frames are placed.</param>
public sealed class ClipDescriber(WorkContext context, AtlasMap map)
{
    /// <summary>A film longer than this many seconds is not decoded a second time for its copies.</summary>
    public const double LongestDecoded = 300;

    private readonly List<double> _times = [];
    private readonly List<byte[]> _jpegs = [];
    private readonly List<Half[]> _descriptors = [];

    /// <summary>Describes a film or photo.</summary>
    /// <param name="place">The file, or its address.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DamagedFileException">It is no film and no photo, or damaged; the message says how.</exception>
    /// <exception cref="NotFoundException">Nothing at the address can be read.</exception>
    public async Task<OutsideClip> DescribeAsync(string place, CancellationToken cancellationToken)
    {
        using var film = await OpenAsync(place, cancellationToken).ConfigureAwait(false);
        var (path, name) = (film.Path, FilmFile.NameOf(film.Path));
        var info = await context.Prober.ProbeAsync(path, cancellationToken).ConfigureAwait(false) switch
        {
            ProbeResult.Found found => found.Info,
            ProbeResult.Ignored ignored => throw new DamagedFileException(
                $"{ignored.Reason.TrimEnd('.')}; give a film of the collection, or a film or photo file."
            ),
            ProbeResult.Failed failed => throw new DamagedFileException(failed.Reason),
            _ => throw new InvalidOperationException("Not reached."),
        };
        var settings = map.Collection.Settings;
        var plan = DecodePlanner.Plan(info, settings.Sampling);
        var cropper = new SquareCropper(settings.Model.InputSize);
        var run = context.Decoder.Run(path, info, plan, plan.Segments);
        await using var ends = run.ConfigureAwait(false);
        for (var segment = 0; segment < plan.Segments; segment++)
        {
            if (await DescribeAsync(run, segment, cropper, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                throw new DamagedFileException(reason);
            }
        }

        return _times.Count > 0
            ? await PlaceAsync(name, cancellationToken).ConfigureAwait(false) with
            {
                Pictures = await PicturesAsync(path, info, cancellationToken).ConfigureAwait(false),
            }
            : throw new DamagedFileException($"{name} has no frame that can be decoded; give another file.");
    }

    private async Task<OpenFilm> OpenAsync(string place, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Films.OpenAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new NotFoundException($"'{FilmAddress.Plain(place)}' cannot be read: {error.Message.TrimEnd('.')}.", error);
        }
    }

    // What cannot be decoded to its end is searched by the frames that came.
    private async Task<Thumbnails?> PicturesAsync(string path, VideoInfo info, CancellationToken cancellationToken) =>
        info.Kind == MediaKind.Photo || info.Duration > LongestDecoded
            ? null
            : (await ThumbnailDecoder.DecodeAsync(context.Decoder, path, info, cancellationToken).ConfigureAwait(false)).Made;

    /// <returns>Null, or why the segment failed.</returns>
    private async Task<string?> DescribeAsync(SegmentRun run, int segment, SquareCropper cropper, CancellationToken cancellationToken)
    {
        var before = _times.Count;
        for (var reach = Reach.Planned; ; reach++)
        {
            var decoding = await run.DecodeAsync(segment, reach).ConfigureAwait(false);
            await foreach (var frame in decoding.FramesAsync(cancellationToken).ConfigureAwait(false))
            {
                await AddAsync(frame, cropper, cancellationToken).ConfigureAwait(false);
            }

            if (decoding.Outcome is not DecodeOutcome.Doubtful)
            {
                return (decoding.Outcome as DecodeOutcome.Failed)?.Reason;
            }

            _times.RemoveRange(before, _times.Count - before);
            _jpegs.RemoveRange(before, _jpegs.Count - before);
            _descriptors.RemoveRange(before, _descriptors.Count - before);
        }
    }

    private async Task AddAsync(Frame frame, SquareCropper cropper, CancellationToken cancellationToken)
    {
        var settings = map.Collection.Settings;
        var squares = new byte[cropper.BytesPerFrame];
        var numbers = new float[settings.Model.Dimensions];
        var descriptor = new Half[settings.Model.Dimensions];
        await context
            .Compute.RunAsync(
                () =>
                {
                    cropper.Crop(frame.Image, squares);
                    _jpegs.Add(context.Images.EncodeJpeg(frame.Image, settings.JpegQuality));
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await context
            .Models.QueueFor(settings)
            .DescribeAsync(squares, Descriptor.SquaresPerFrame, numbers, cancellationToken)
            .ConfigureAwait(false);
        if (Descriptor.Convert(numbers, descriptor) is { } reason)
        {
            throw new DamagedFileException($"The frame at {frame.Time:0.###} s cannot be described: {reason}.");
        }

        _times.Add(frame.Time);
        _descriptors.Add(descriptor);
    }

    private async Task<OutsideClip> PlaceAsync(string name, CancellationToken cancellationToken)
    {
        var model =
            await FittedModel.ReadAsync(map.Collection, map.Info.Model, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException($"Model {map.Info.Model} of map {map.Info.Version} is gone; fit it again with atlas train.");
        return await context
            .Compute.RunAsync(
                () =>
                {
                    var reduced = model.Basis.Project(_descriptors.SelectMany(row => row).ToArray(), context.MatrixProduct);
                    var clip = new Clip(
                        name,
                        -1,
                        [.. _times],
                        Clip.Unit((float[])reduced.Clone(), model.Basis.Count),
                        map.Info.Stretch.Apply(model.Code.Encode(reduced)),
                        0
                    );
                    return new OutsideClip(clip, _jpegs, reduced);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
