using System.Buffers.Binary;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class FilmDecoderTests : IDisposable
{
    private const string Source = "-f lavfi -i testsrc2=r=25:s=160x90:d=6 ";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Films =>
        new()
        {
            { Source + "-c:v libx264 -preset veryfast -g 40 -bf 3 -x264-params open-gop=1", "open-gop.mkv" },
            {
                Source + "-vf select='not(eq(mod(n,7),3))*not(between(n,80,110))' -fps_mode vfr -c:v libx264 -preset veryfast -g 30",
                "variable.mp4"
            },
            {
                Source + "-vf setpts=PTS+0.004*sin(N)/TB -fps_mode passthrough -c:v libvpx -deadline realtime -g 25 -b:v 500k",
                "odd-times.webm"
            },
            { Source + "-c:v libx264 -preset veryfast -g 40 -bf 3 -output_ts_offset 100", "stream.ts" },
            { Source + "-c:v mpeg2video -g 12 -bf 2 -q:v 4", "disc.mpg" },
            { Source + "-c:v mpeg4 -g 50 -q:v 4", "old.avi" },
            { Source + "-c:v mjpeg -q:v 4 -output_ts_offset 2.5", "intra.mov" },
        };

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Keeps_the_presentation_time_of_every_frame_in_any_number_of_segments(string arguments, string name)
    {
        var path = await Clips.MakeAsync(_folder, arguments, name);
        var info = await Clips.ProbeAsync(path);
        var plan = DecodePlanner.Plan(info, new Sampling { Keep = 0.3 }) with { Strategy = DecodeStrategy.Forward };
        var onePass = await Clips.DecodeAsync(path, info, plan with { SamplesPerSegment = 100_000 });
        var inSegments = plan with { SamplesPerSegment = (plan.Samples / 4) + 1 };
        Assert.Equal(onePass, await Clips.DecodeAsync(path, info, inSegments));
        Assert.Equal(onePass, await Clips.DecodeAsync(path, info, inSegments, inOneRun: true));

        var expected = (await Clips.FramesAsync(path))
            .GroupBy(frame => Math.Floor((frame.Time - plan.Start + plan.HalfFrame) / plan.Interval))
            .Select(cell => cell.Min(frame => frame.Time))
            .ToArray();
        Assert.Equal(expected.Length, onePass.Count);
        Assert.All(onePass.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Time, 1e-6));
        if (!info.VariableFrameRate)
        {
            Assert.InRange(onePass.Count, plan.Samples - 1, plan.Samples + 1);
        }
    }

    [Fact]
    public async Task Keyframes_alone_are_enough_where_they_are_dense()
    {
        var path = await Clips.MakeAsync(_folder, Source + "-c:v libx264 -preset veryfast -g 10 -sc_threshold 0", "dense.mp4");
        var info = await Clips.ProbeAsync(path);
        var plan = DecodePlanner.Plan(info, new Sampling { FramesPerSecond = 2 });
        Assert.Equal(DecodeStrategy.Keyframes, plan.Strategy);
        var keys = (await Clips.FramesAsync(path)).Where(frame => frame.Key).Select(frame => frame.Time).ToArray();
        var frames = await Clips.DecodeAsync(path, info, plan with { SamplesPerSegment = 3 });
        Assert.Equal(plan.Samples, frames.Count);
        Assert.All(frames, frame => Assert.Contains(keys, key => Math.Abs(key - frame.Time) < 1e-6));
    }

    [Fact]
    public async Task Gives_the_same_bytes_for_any_number_of_threads()
    {
        var path = await Clips.MakeAsync(_folder, Source + "-c:v libx264 -preset veryfast -bf 3", "clip.mp4");
        var info = await Clips.ProbeAsync(path);
        var plan = DecodePlanner.Plan(info, new Sampling { Keep = 0.2 });
        Assert.Equal(await Clips.DecodeAsync(path, info, plan), await Clips.DecodeAsync(path, info, plan, threads: 3));
    }

    [Fact]
    public async Task Shows_a_phone_video_upright()
    {
        // The left half is red as it is stored.
        _ = await Clips.MakeAsync(
            _folder,
            "-f lavfi -i color=blue:s=320x180:d=1,drawbox=w=160:h=180:c=red:t=fill -c:v libx264",
            "stored.mp4"
        );
        var path = await Clips.MakeAsync(_folder, "-i FOLDER/stored.mp4 -c copy -metadata:s:v:0 rotate=90", "phone.mp4");
        var info = await Clips.ProbeAsync(path);
        var frame = await FirstAsync(path, info);
        Assert.Equal((180, 320), (frame.Width, frame.Height));
        var byFfmpeg = await Clips.MakeAsync(_folder, "-i FOLDER/phone.mp4 -frames:v 1 -pix_fmt rgb24 -f rawvideo", "upright.raw");
        var expected = await File.ReadAllBytesAsync(byFfmpeg, Clips.Token);
        Assert.True(Math.Abs(expected[0] - frame.Span[0]) < 8, $"the top left corner has {frame.Span[0]} red, ffmpeg's own {expected[0]}");
        Assert.NotEqual(frame.Span[0] > 128, frame.Span[^3] > 128);
    }

    [Theory]
    [InlineData(-1, 0, 0, 1)]
    [InlineData(1, 0, 0, -1)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(0, -1, -1, 0)]
    [InlineData(0, 1, -1, 0)]
    [InlineData(-1, 0, 0, -1)]
    public async Task Mirrors_and_turns_as_the_matrix_in_the_file_says(int a, int b, int c, int d)
    {
        // Four corners of four colours, as it is stored.
        var path = await Clips.MakeAsync(
            _folder,
            "-f lavfi -i color=blue:s=320x180:d=1,drawbox=w=160:h=90:c=red:t=fill,drawbox=x=160:w=160:h=90:c=lime:t=fill -c:v libx264",
            "stored.mp4"
        );
        await SetMatrixAsync(path, a, b, c, d);
        var frame = await FirstAsync(path, await Clips.ProbeAsync(path));
        var byFfmpeg = await Clips.MakeAsync(
            _folder,
            $"-i FOLDER/stored.mp4 -frames:v 1 -s {frame.Width}x{frame.Height} -pix_fmt rgb24 -f rawvideo",
            "shown.raw"
        );
        var expected = await File.ReadAllBytesAsync(byFfmpeg, Clips.Token);
        Assert.Equal(expected.Length, frame.Span.Length);
        Assert.InRange(expected.Zip(frame.Span.ToArray()).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 2);
    }

    [Fact]
    public async Task Shows_anamorphic_film_in_its_true_shape()
    {
        var path = await Clips.MakeAsync(
            _folder,
            "-f lavfi -i testsrc2=s=720x576:d=1 -vf setsar=64/45 -c:v libx264 -preset veryfast",
            "wide.mp4"
        );
        var frame = await FirstAsync(path, await Clips.ProbeAsync(path));
        Assert.Equal((534, 300), (frame.Width, frame.Height));
    }

    [Fact]
    public async Task Brings_high_dynamic_range_to_sRGB()
    {
        Assert.SkipUnless((await Clips.ToolsAsync()).ToneMaps, "this ffmpeg has no zscale");
        var path = await Clips.MakeAsync(
            _folder,
            "-f lavfi -i color=gray:s=320x180:d=1 -pix_fmt yuv420p10le -c:v libx265 -x265-params "
                + "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
            "hdr.mp4"
        );
        var info = await Clips.ProbeAsync(path);
        Assert.True(info.Hdr);
        var mapped = (await FirstAsync(path, info)).Span[0];
        var plain = (await FirstAsync(path, info with { Hdr = false })).Span[0];
        Assert.True(Math.Abs(mapped - plain) > 10, $"tone-mapped {mapped}, plain {plain}");
    }

    [Fact]
    public async Task Gives_the_frames_before_the_damage_and_says_what_the_decoder_said()
    {
        _ = await Clips.MakeAsync(_folder, Source + "-c:v libx264 -preset veryfast -movflags +faststart", "whole.mp4");
        var bytes = await File.ReadAllBytesAsync(_folder["whole.mp4"], Clips.Token);
        await File.WriteAllBytesAsync(_folder["half.mp4"], bytes[..(bytes.Length / 2)], Clips.Token);
        var info = await Clips.ProbeAsync(_folder["half.mp4"]);
        var plan = DecodePlanner.Plan(info, new Sampling { Keep = 0.2 });
        var decoding = new FilmDecoder(await Clips.ToolsAsync(), new NoPictures()).Decode(_folder["half.mp4"], info, plan, 0);
        var frames = 0;
        await foreach (var frame in decoding.FramesAsync(Clips.Token))
        {
            frames++;
        }

        Assert.InRange(frames, 5, plan.Samples - 5);
        Assert.Equal((frames, plan.Samples), (decoding.Samples, decoding.Expected));
        Assert.NotEmpty(Assert.IsType<DecodeOutcome.Damaged>(decoding.Outcome).Reason);
    }

    [Fact]
    public async Task Says_so_when_the_film_is_gone()
    {
        var path = await Clips.MakeAsync(_folder, Source + "-c:v mjpeg", "gone.avi");
        var info = await Clips.ProbeAsync(path);
        File.Delete(path);
        var decoding = new FilmDecoder(await Clips.ToolsAsync(), new NoPictures()).Decode(
            path,
            info,
            DecodePlanner.Plan(info, new Sampling { Keep = 0.2 }),
            0
        );
        await foreach (var frame in decoding.FramesAsync(Clips.Token))
        {
            Assert.Fail("a frame of a film that is not there");
        }

        Assert.Contains("No such file", Assert.IsType<DecodeOutcome.Failed>(decoding.Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_read_without_a_process()
    {
        File.WriteAllBytes(_folder["a.png"], [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[40]]);
        var nothing = new FfmpegTools
        {
            Ffmpeg = "/nowhere",
            Ffprobe = "/nowhere",
            Version = "",
        };
        var info = Assert
            .IsType<ProbeResult.Found>(await new Prober(nothing, new NoPictures()).ProbeAsync(_folder["a.png"], Clips.Token))
            .Info;
        Assert.Equal(
            (MediaKind.Photo, 4000, 3000, 3000, 4000),
            (info.Kind, info.Width, info.Height, info.DisplayWidth, info.DisplayHeight)
        );
        var plan = DecodePlanner.Plan(info, new Sampling { Keep = 0.05 });
        var decoding = new FilmDecoder(nothing, new NoPictures()).Decode(_folder["a.png"], info, plan, 0);
        await foreach (var frame in decoding.FramesAsync(Clips.Token))
        {
            Assert.Equal((0, 300, 400), (frame.Time, frame.Image.Width, frame.Image.Height));
        }

        Assert.IsType<DecodeOutcome.Complete>(decoding.Outcome);
    }

    private static async Task<RgbImage> FirstAsync(string path, VideoInfo info)
    {
        var decoding = new FilmDecoder(await Clips.ToolsAsync(), new NoPictures()).Decode(
            path,
            info,
            DecodePlanner.Plan(info, new Sampling { Keep = 1 }),
            0
        );
        await foreach (var frame in decoding.FramesAsync(Clips.Token))
        {
            return frame.Image;
        }

        throw new InvalidOperationException($"no frame: {decoding.Outcome}");
    }

    /// <summary>Writes another matrix into the track header of an .mp4: nine big-endian numbers of 16.16 bits, 40 bytes behind its
    /// name.</summary>
    private static async Task SetMatrixAsync(string path, int a, int b, int c, int d)
    {
        var bytes = await File.ReadAllBytesAsync(path, Clips.Token);
        var at = bytes.AsSpan().IndexOf("tkhd"u8) + 40;
        foreach (var (place, value) in new[] { (0, a), (1, b), (3, c), (4, d) })
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + (4 * place)), value << 16);
        }

        await File.WriteAllBytesAsync(path, bytes, Clips.Token);
    }
}
