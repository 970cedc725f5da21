using System.Globalization;
using System.Security.Cryptography;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>Real ffmpeg: makes clips, and tells the frames of one by itself.</summary>
internal static class Clips
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Lazy<Task<FfmpegLookup>> Lookup = new(() => FfmpegTools.FindAsync(CancellationToken.None));

    public static async Task<FfmpegTools> ToolsAsync()
    {
        var lookup = await Lookup.Value;
        Assert.SkipUnless(lookup is FfmpegLookup.Found, "ffmpeg is not here");
        return ((FfmpegLookup.Found)lookup).Tools;
    }

    /// <summary>Runs ffmpeg with words separated by blanks; the last is the file's name in the folder.</summary>
    public static async Task<string> MakeAsync(TemporaryFolder folder, string arguments, string name)
    {
        var words = arguments.Split(' ').Select(word => word.Replace("FOLDER", folder.Path, StringComparison.Ordinal));
        _ = await RunAsync((await ToolsAsync()).Ffmpeg, ["-nostdin", "-v", "error", "-y", .. words, folder[name]]);
        return folder[name];
    }

    /// <summary>The presentation times and key flags of all frames of the first picture stream, as ffprobe lists them; a frame it gives no
    /// time (MPEG program streams end in one) is no sample.</summary>
    public static async Task<(double Time, bool Key)[]> FramesAsync(string path)
    {
        var csv = await RunAsync(
            (await ToolsAsync()).Ffprobe,
            ["-v", "error", "-select_streams", "v:0", "-show_entries", "frame=key_frame,best_effort_timestamp_time", "-of", "csv=p=0", path]
        );
        return
        [
            .. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(','))
                .Where(cells => cells[1] != "N/A")
                .Select(cells => (double.Parse(cells[1], CultureInfo.InvariantCulture), cells[0] == "1")),
        ];
    }

    public static async Task<VideoInfo> ProbeAsync(string path)
    {
        var result = await new Prober(await ToolsAsync(), new NoPictures()).ProbeAsync(path, Token);
        return Assert.IsType<ProbeResult.Found>(result).Info;
    }

    /// <summary>Times and pixel checksums of the segments, one after the other.</summary>
    public static async Task<List<(double Time, string Pixels)>> DecodeAsync(
        string path,
        VideoInfo info,
        DecodePlan plan,
        int threads = 1,
        bool inOneRun = false
    )
    {
        var decoder = new FilmDecoder(await ToolsAsync(), new NoPictures(), new DecoderOptions { Threads = threads });
        await using var run = decoder.Run(path, info, plan, plan.Segments);
        var frames = new List<(double, string)>();
        for (var segment = 0; segment < plan.Segments; segment++)
        {
            var before = frames.Count;
            SegmentDecoding decoding;
            var reach = Reach.Planned;
            do
            {
                frames.RemoveRange(before, frames.Count - before);
                decoding = inOneRun ? await run.DecodeAsync(segment, reach++) : decoder.Decode(path, info, plan, segment, reach++);
                await foreach (var frame in decoding.FramesAsync(Token))
                {
                    Assert.Equal((plan.Width, plan.Height), (frame.Image.Width, frame.Image.Height));
                    frames.Add((frame.Time, Convert.ToHexString(SHA256.HashData(frame.Image.Span))));
                }
            } while (decoding.Outcome is DecodeOutcome.Doubtful);

            Assert.IsType<DecodeOutcome.Complete>(decoding.Outcome);
        }

        return frames;
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        await using var child = ChildProcess.Start(program, arguments, new ChildLimits { Life = TimeSpan.FromMinutes(1) }, null, Token);
        var text = await child.ReadTextAsync(1 << 24, Token);
        var exit = await child.WaitAsync(Token);
        Assert.True(exit.Code == 0, exit.ErrorTail);
        return text!;
    }
}

/// <summary>Stands where the picture library does, which these tests do not have: knows one photo size.</summary>
internal sealed class NoPictures : IImageCodec
{
    public string Version => "no library";

    public PhotoHeader? ReadHeader(string path) =>
        path.EndsWith(".png", StringComparison.Ordinal) ? new PhotoHeader(3000, 4000, "png", 6) : null;

    public RgbImage ReadPhoto(string path, int width, int height) => new(width, height);

    public RgbImage Decode(ReadOnlySpan<byte> file) => throw new NotSupportedException();

    public byte[] EncodeJpeg(RgbImage image, int quality) => throw new NotSupportedException();

    public void Write(string path, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public TextMask RenderText(string text, int pixelHeight, bool bold) => throw new NotSupportedException();
}
