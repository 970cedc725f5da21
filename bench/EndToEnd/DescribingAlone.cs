using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Bench;

/// <summary>The yardstick of describing: frames in memory, cropped and given to the network by as many threads as it has lanes.</summary>
internal static class DescribingAlone
{
    private const int SampleFrames = 100;
    private const int WarmFrames = 6;

    /// <summary>A few frames of films, some of each.</summary>
    public static async Task<List<RgbImage>> SampleAsync(
        List<Film> films,
        FfmpegTools ffmpeg,
        IImageCodec images,
        CancellationToken cancellationToken
    )
    {
        var (decoder, sample) = (new FilmDecoder(ffmpeg, images), new List<RgbImage>());
        foreach (var film in films.Take(SampleFrames))
        {
            var left = Math.Max(1, SampleFrames / films.Count);
            await foreach (var frame in decoder.Decode(film.Path, film.Info, film.Plan, 0).FramesAsync(cancellationToken))
            {
                sample.Add(frame.Image);
                if (--left == 0)
                {
                    break;
                }
            }
        }

        return sample;
    }

    /// <summary>Describes as many frames, those of the sample again and again.</summary>
    public static async Task<Cost> RunAsync(List<RgbImage> sample, int frames, ModelFile model)
    {
        using var describer = OnnxFeatureExtractor.Open(model);
        await DescribeAsync(describer, sample, describer.Lanes * WarmFrames);
        return await Cost.OfAsync(() => DescribeAsync(describer, sample, frames));
    }

    private static async Task DescribeAsync(OnnxFeatureExtractor describer, List<RgbImage> sample, int frames)
    {
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, describer.Lanes)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            var cropper = new SquareCropper(describer.Card.InputSize);
                            var squares = new byte[cropper.BytesPerFrame];
                            var numbers = new float[Descriptor.Dimensions(describer.Card)];
                            for (int i; (i = Interlocked.Increment(ref next)) < frames; )
                            {
                                cropper.Crop(sample[i % sample.Count], squares);
                                describer.Describe(squares, Descriptor.SquaresPerFrame, numbers);
                            }
                        },
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
    }
}
