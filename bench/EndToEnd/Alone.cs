using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Bench;

/// <summary>The two big stages, each with the whole machine to itself.</summary>
internal static class Alone
{
    private const int SampleFrames = 200;

    /// <summary>Decodes everything with one ffmpeg process a core and throws it away.</summary>
    public static async Task<(double FramesPerSecond, List<RgbImage> Sample)> DecodeAsync(
        List<Film> films,
        FfmpegTools ffmpeg,
        IImageCodec images,
        CancellationToken cancellationToken
    )
    {
        var decoder = new FilmDecoder(ffmpeg, images);
        var sample = new ConcurrentBag<RgbImage>();
        var frames = 0;
        var started = Stopwatch.GetTimestamp();
        var segments = films.SelectMany(film => Enumerable.Range(0, film.Plan.Segments).Select(segment => (film, segment)));
        await Parallel.ForEachAsync(
            segments,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1, CancellationToken = cancellationToken },
            async (work, token) =>
            {
                await foreach (var frame in decoder.Decode(work.film.Path, work.film.Info, work.film.Plan, work.segment).FramesAsync(token))
                {
                    if (Interlocked.Increment(ref frames) % 3 == 0 && sample.Count < SampleFrames)
                    {
                        sample.Add(frame.Image);
                    }
                }
            }
        );
        return (frames / Stopwatch.GetElapsedTime(started).TotalSeconds, [.. sample]);
    }

    /// <summary>Crops and describes frames in memory, as many at once as the network has lanes, again and again for some seconds.</summary>
    public static double Describe(List<RgbImage> sample, ModelFile model)
    {
        using var describer = OnnxFeatureExtractor.Open(model);
        var frames = 0;
        var started = 0L;
        using var warm = new Barrier(describer.Lanes, _ => started = Stopwatch.GetTimestamp());
        Thread[] lanes =
        [
            .. Enumerable
                .Range(0, describer.Lanes)
                .Select(lane => new Thread(() =>
                {
                    var cropper = new SquareCropper(model.Card.InputSize);
                    var squares = new byte[cropper.BytesPerFrame];
                    var numbers = new float[Descriptor.Dimensions(model.Card)];
                    for (var i = lane; i < lane + 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < 8; i++)
                    {
                        cropper.Crop(sample[i % sample.Count], squares);
                        describer.Describe(squares, Descriptor.SquaresPerFrame, numbers);
                        if (i >= lane + 3)
                        {
                            Interlocked.Increment(ref frames);
                        }
                        else if (i == lane + 2)
                        {
                            warm.SignalAndWait();
                        }
                    }
                })),
        ];
        Array.ForEach(lanes, lane => lane.Start());
        Array.ForEach(lanes, lane => lane.Join());
        return frames / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
