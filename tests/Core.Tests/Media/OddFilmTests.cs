using System.Buffers.Binary;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>Films that are odd and whole: every wanted frame is there, and is the frame that decoding from the start gives.</summary>
public sealed class OddFilmTests : IDisposable
{
    private const string Source = "-f lavfi -i testsrc2=size=96x54:rate=25 -t ";
    private const string Other = "-f lavfi -i smptebars=size=96x54:rate=25 -t ";
    private const string H264 = " -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 50";

    // Of 255; ffmpeg's plain decoding of the same frame.
    private const double Most = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("seek-garbage.mp4", 28, 13.9)]
    [InlineData("glued.ts", 48, 24)]
    [InlineData("glued.mpg", 20, 10)]
    [InlineData("jumps-back.ts", 48, 24)]
    [InlineData("slides.mkv", 10, 100)]
    [InlineData("slides.mp4", 10, 100)]
    [InlineData("pause.mp4", 20, 3610)]
    [InlineData("pause.mkv", 20, 3610)]
    [InlineData("many-b.mp4", 20, 10)]
    [InlineData("raw.h264", 20, 10)]
    [InlineData("raw.hevc", 20, 10)]
    [InlineData("raw.m2v", 20, 10)]
    [InlineData("raw.mjpeg", 20, 10)]
    [InlineData("claims.mkv", 20, 10)]
    [InlineData("short.avi", 4, 2)]
    public async Task Every_wanted_frame_is_there_and_right(string name, int samples, double seconds)
    {
        var path = await MakeAsync(name);
        var info = await Clips.ProbeAsync(path);
        var plan = await PlanAsync(path, info, 2);
        Assert.Equal((samples, seconds), (plan.Samples, Math.Round(info.Duration, 1)));

        var linear = await LinearAsync(path, info, plan);
        var frames = await FramesAsync(path, info, plan);
        Assert.Equal(samples, frames.Count);
        Assert.Equal(frames.Count, frames.Select(frame => frame.Time).Distinct().Count());

        // Each is a frame of the film, and they come in its order.
        var at = -1;
        foreach (var frame in frames)
        {
            at = Enumerable.Range(at + 1, linear.Count - at - 1).FirstOrDefault(next => Difference(linear[next], frame) < Most, -1);
            Assert.True(at >= 0, $"the frame at {frame.Time} s is none of the film's");
        }
    }

    [Fact]
    public async Task Times_go_on_where_recordings_were_joined()
    {
        var path = await MakeAsync("glued.ts");
        var info = await Clips.ProbeAsync(path);
        var frames = await FramesAsync(path, info, await PlanAsync(path, info, 2));
        Assert.Equal(FilmClock.Continued, info.Clock);
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.InRange(pair.Second.Time - pair.First.Time, 0.4, 0.6));
    }

    [Theory]
    [InlineData("raw.h264")]
    [InlineData("raw.m2v")]
    public async Task Frames_without_times_are_counted_at_the_nominal_rate(string name)
    {
        var path = await MakeAsync(name);
        var info = await Clips.ProbeAsync(path);
        var frames = await FramesAsync(path, info, await PlanAsync(path, info, 2));
        Assert.All(frames.Select((frame, n) => frame.Time - (n * 0.5)), late => Assert.InRange(late, -0.0201, 0.0201));
    }

    [Fact]
    public async Task Seeking_into_wrong_headers_is_noticed_and_the_film_is_reached_from_its_start()
    {
        var path = await MakeAsync("seek-garbage.mp4");
        var info = await Clips.ProbeAsync(path);
        var plan = DecodePlanner.Plan(info, new Sampling { FramesPerSecond = 2 }) with { SamplesPerSegment = 8 };
        var decoding = new FilmDecoder(await Clips.ToolsAsync(), new NoPictures()).Decode(path, info, plan, 2);
        await foreach (var _ in decoding.FramesAsync(Clips.Token)) { }
        Assert.IsType<DecodeOutcome.Doubtful>(decoding.Outcome);
        Assert.Equal(28, (await FramesAsync(path, info, plan)).Count);
    }

    private async Task<string> MakeAsync(string name)
    {
        switch (name)
        {
            case "seek-garbage.mp4":
                _ = await Clips.MakeAsync(_folder, Source + "14" + H264, "a.h264");
                _ = Write("a.h264", WithHeadersOnce(File.ReadAllBytes(_folder["a.h264"])));
                _ = await Clips.MakeAsync(_folder, "-r 25 -i FOLDER/a.h264 -c copy", "right.mp4");
                return Write(name, WithWrongHeader(File.ReadAllBytes(_folder["right.mp4"])));
            case "glued.ts":
            case "jumps-back.ts":
                var offset = name == "glued.ts" ? "" : " -output_ts_offset 4000";
                _ = await Clips.MakeAsync(_folder, Source + "12" + H264 + offset, "a.ts");
                _ = await Clips.MakeAsync(_folder, Other + "12" + H264, "b.ts");
                return Write(name, [.. File.ReadAllBytes(_folder["a.ts"]), .. File.ReadAllBytes(_folder["b.ts"])]);
            case "glued.mpg":
                _ = await Clips.MakeAsync(_folder, Source + "5 -c:v mpeg2video -f vob", "a.mpg");
                _ = await Clips.MakeAsync(_folder, Other + "5 -c:v mpeg2video -f vob", "b.mpg");
                return Write(name, [.. File.ReadAllBytes(_folder["a.mpg"]), .. File.ReadAllBytes(_folder["b.mpg"])]);
            case "pause.mp4":
            case "pause.mkv":
                return await Clips.MakeAsync(
                    _folder,
                    "-f lavfi -i testsrc2=size=96x54:rate=25:duration=10 -vf setpts=PTS+gte(T\\,5)*3600/TB -fps_mode passthrough" + H264,
                    name
                );
            case "slides.mkv":
            case "slides.mp4":
                return await Clips.MakeAsync(_folder, "-f lavfi -i testsrc2=size=96x54:rate=1/10 -t 100" + H264, name);
            case "many-b.mp4":
                return await Clips.MakeAsync(_folder, Source + "10" + H264 + " -bf 16 -b_strategy 0 -x264-params b-pyramid=none", name);
            case "raw.h264":
                return await Clips.MakeAsync(_folder, Source + "10" + H264, name);
            case "raw.hevc":
                return await Clips.MakeAsync(_folder, Source + "10 -c:v libx265 -x265-params log-level=error", name);
            case "raw.m2v":
                return await Clips.MakeAsync(_folder, Source + "10 -c:v mpeg2video", name);
            case "raw.mjpeg":
                return await Clips.MakeAsync(_folder, "-f lavfi -i testsrc2=size=96x54:rate=10 -t 10 -c:v mjpeg", name);
            case "claims.mkv":
                _ = await Clips.MakeAsync(_folder, Source + "10" + H264, "a.mkv");
                return Write(name, WithDuration(File.ReadAllBytes(_folder["a.mkv"]), TimeSpan.FromDays(365)));
            default:
                return await Clips.MakeAsync(_folder, Source + "2 -c:v mpeg4 -g 300", name);
        }
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    /// <summary>Leaves out all parameter sets (types 7 and 8) after the first picture; units begin with 0, 0, 1.</summary>
    private static byte[] WithHeadersOnce(byte[] h264)
    {
        var (left, pictures) = (new List<byte>(), 0);
        byte[] start = [0, 0, 1];
        for (var at = h264.AsSpan().IndexOf(start); at < h264.Length; )
        {
            var next = h264.AsSpan(at + 3).IndexOf(start);
            var end = next < 0 ? h264.Length : at + 3 + next;
            var type = h264[at + 3] & 0x1F;
            pictures += type is 1 or 5 ? 1 : 0;
            if (pictures == 0 || type is not (7 or 8))
            {
                left.AddRange(h264.AsSpan(at, end - at));
            }

            at = end;
        }

        return [.. left];
    }

    /// <summary>Turns over the coding mode in the picture parameter set of the header (ISO/IEC 14496-15, 5.3.3); the one in the first
    /// packet stays.</summary>
    private static byte[] WithWrongHeader(byte[] mp4)
    {
        var at = mp4.AsSpan().IndexOf("avcC"u8) + 4 + 6;
        at += 2 + BinaryPrimitives.ReadUInt16BigEndian(mp4.AsSpan(at)) + 1 + 2;
        Assert.Equal(0x68, mp4[at]);
        mp4[at + 1] ^= 0x20;
        return mp4;
    }

    /// <summary>Matroska's Duration: element 0x4489, a float of 8 bytes, in milliseconds.</summary>
    private static byte[] WithDuration(byte[] mkv, TimeSpan duration)
    {
        var at = mkv.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x44, 0x89, 0x88]);
        BinaryPrimitives.WriteDoubleBigEndian(mkv.AsSpan(at + 3), duration.TotalMilliseconds);

        // The stream's own note of its length must not help.
        var tag = mkv.AsSpan().IndexOf("DURATION"u8);
        while (tag >= 0)
        {
            mkv[tag] = (byte)'X';
            tag = mkv.AsSpan().IndexOf("DURATION"u8);
        }

        return mkv;
    }

    private static async Task<DecodePlan> PlanAsync(string path, VideoInfo info, double rate)
    {
        var timeline =
            info.VariableFrameRate || info.Clock == FilmClock.Continued
                ? await new Prober(await Clips.ToolsAsync(), new NoPictures()).TimelineAsync(path, info, Clips.Token)
                : null;
        return DecodePlanner.Plan(info, new Sampling { FramesPerSecond = rate }, timeline?.Times);
    }

    private static async Task<List<Frame>> FramesAsync(string path, VideoInfo info, DecodePlan plan)
    {
        var decoder = new FilmDecoder(await Clips.ToolsAsync(), new NoPictures());
        var frames = new List<Frame>();
        for (var segment = 0; segment < plan.Segments; segment++)
        {
            var part = new List<Frame>();
            SegmentDecoding decoding;
            var reach = Reach.Planned;
            do
            {
                part.Clear();
                decoding = decoder.Decode(path, info, plan, segment, reach++);
                await foreach (var frame in decoding.FramesAsync(Clips.Token))
                {
                    part.Add(frame);
                }
            } while (decoding.Outcome is DecodeOutcome.Doubtful);

            Assert.IsType<DecodeOutcome.Complete>(decoding.Outcome);
            frames.AddRange(part);
        }

        return frames;
    }

    /// <summary>All frames of the film as ffmpeg decodes it from its start.</summary>
    private async Task<List<byte[]>> LinearAsync(string path, VideoInfo info, DecodePlan plan)
    {
        _ = await Clips.MakeAsync(
            _folder,
            $"{(info.Clock == FilmClock.Counted ? $"-f {info.Format} " : "")}-i {path} -map 0:v:0 -fps_mode passthrough "
                + $"-vf scale={plan.Width}:{plan.Height}:flags=accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24 -f rawvideo",
            "linear.rgb"
        );
        return [.. File.ReadAllBytes(_folder["linear.rgb"]).Chunk(plan.Width * plan.Height * 3)];
    }

    private static double Difference(byte[] linear, Frame frame)
    {
        var sum = 0L;
        var pixels = frame.Image.Span;
        for (var i = 0; i < pixels.Length; i++)
        {
            sum += Math.Abs(linear[i] - pixels[i]);
        }

        return sum / (double)pixels.Length;
    }
}
