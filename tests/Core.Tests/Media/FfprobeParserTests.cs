using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class FfprobeParserTests
{
    private static ProbeResult Parse(string fixture, string name = "clip.mp4", string diagnostics = "") =>
        FfprobeParser.Parse(
            File.ReadAllText(Path.Combine(TestFiles.Repository, "tests", "fixtures", "ffprobe", fixture + ".json")),
            name,
            diagnostics
        );

    private static VideoInfo Found(string fixture) => Assert.IsType<ProbeResult.Found>(Parse(fixture)).Info;

    [Fact]
    public void Reads_a_film_of_constant_rate()
    {
        var info = Found("constant-rate");
        Assert.Equal(
            (MediaKind.Film, "h264", 320, 240, 320, 240, 0),
            (info.Kind, info.Codec, info.Width, info.Height, info.DisplayWidth, info.DisplayHeight, info.Rotation)
        );
        Assert.Equal((25, 6, 150), (info.FrameRate, info.Duration, info.Frames));
        Assert.Equal((0, 2, false, false), (info.Start, info.KeyframeSpacing, info.VariableFrameRate, info.Hdr));
    }

    [Fact]
    public void Sees_that_the_rate_varies()
    {
        var info = Found("variable-rate");
        Assert.True(info.VariableFrameRate);
        Assert.InRange(info.FrameRate, 20, 26);
        Assert.InRange(info.Duration, 7.9, 8.1);
    }

    [Fact]
    public void Turns_a_phone_video_upright()
    {
        var info = Found("rotated-phone");
        Assert.Equal((320, 180, 180, 320), (info.Width, info.Height, info.DisplayWidth, info.DisplayHeight));
        Assert.Equal(270, info.Rotation);
    }

    [Fact]
    public void Widens_anamorphic_pictures()
    {
        var info = Found("anamorphic");
        Assert.Equal((720, 576, 1024, 576), (info.Width, info.Height, info.DisplayWidth, info.DisplayHeight));
        Assert.Equal(64 / 45.0, info.SampleAspect, 12);
    }

    [Fact]
    public void Sees_high_dynamic_range() => Assert.True(Found("hdr").Hdr);

    [Fact]
    public void Starts_where_the_first_frame_is_shown()
    {
        var info = Found("mpegts-offset");
        Assert.Equal(101.4, info.Start, 6);
        Assert.Equal(6, info.Duration, 6);
        Assert.Equal(0.003, Found("webm-odd-times").Start, 6);
        Assert.Equal(0.033, Found("matroska-b-frames").Start, 6);
    }

    [Fact]
    public void Does_not_take_rounded_times_for_a_variable_rate()
    {
        var info = Found("webm-odd-times");
        Assert.False(info.VariableFrameRate);
        Assert.Equal(30000 / 1001.0, info.FrameRate, 6);
        Assert.Equal(150, info.Frames);
    }

    [Theory]
    [InlineData("audio-only", "song.m4a", "song.m4a is sound only.")]
    [InlineData("cover-art", "song.m4a", "song.m4a is sound only.")]
    [InlineData("still-image", "still.png", "still.png is neither a film nor a photo (ffprobe takes it for png_pipe).")]
    [InlineData("text", "notes.txt", "notes.txt is neither a film nor a photo (ffprobe takes it for tty).")]
    [InlineData("truncated", "blob.bin", "blob.bin is neither a film nor a photo.")]
    public void Leaves_out_what_is_no_film(string fixture, string name, string reason) =>
        Assert.Equal(new ProbeResult.Ignored(reason), Parse(fixture, name));

    [Theory]
    [InlineData(
        "truncated",
        "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55c0] moov atom not found\nfile:/x/clip.mp4: Invalid data found when processing input",
        "clip.mp4 is named like a film but cannot be opened as one: its index is missing (moov atom not found), so it was cut off "
            + "while it was written or copied, or it is no film at all."
    )]
    [InlineData("truncated", "", "clip.mp4 is named like a film but cannot be opened as one: Invalid data found when processing input.")]
    [InlineData("text", "", "clip.mp4 is named like a film but holds something else (ffprobe takes it for tty).")]
    public void Says_why_a_file_named_like_a_film_is_none(string fixture, string diagnostics, string reason) =>
        Assert.Equal(new ProbeResult.Failed(reason), Parse(fixture, diagnostics: diagnostics));

    [Theory]
    [InlineData("")]
    [InlineData("{\"packets\": [ {")]
    public void Fails_on_output_that_breaks_off(string json) => Assert.IsType<ProbeResult.Failed>(FfprobeParser.Parse(json, "clip.mp4"));

    [Fact]
    public void Fails_on_a_film_without_times() =>
        Assert.Contains(
            "no time",
            Assert
                .IsType<ProbeResult.Failed>(
                    FfprobeParser.Parse(
                        """{"streams":[{"index":0,"codec_type":"video","codec_name":"h264","width":2,"height":2}],"""
                            + "\"format\":{\"format_name\":\"h264\"}}",
                        "a.264"
                    )
                )
                .Reason,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""  "tags":{"rotate":"upside down","DURATION":"yes"}  """)]
    [InlineData("""  "tags":{"title":"a","TITLE":"b"},"bit_rate":"N/A","bits_per_raw_sample":"N/A"  """)]
    [InlineData("""  "sample_aspect_ratio":"N/A","avg_frame_rate":"0/0","r_frame_rate":"x","time_base":"0/1"  """)]
    [InlineData("""  "side_data_list":[{},{"displaymatrix":"no matrix","rotation":"nan"}],"disposition":{"attached_pic":2}  """)]
    public void Finds_a_film_whose_words_make_no_sense(string odd)
    {
        var json = """
            {
              "streams": [{"index":0,"codec_type":"video","codec_name":"h264","width":"320","height":240,ODD}],
              "format": {"format_name":"mov"},
              "packets": [{"pts_time":"0","flags":"K_"},{"pts_time":"0.5","flags":"__"}]
            }
            """.Replace("ODD", odd, StringComparison.Ordinal);
        var info = Assert.IsType<ProbeResult.Found>(FfprobeParser.Parse(json, "a.mp4")).Info;
        Assert.Equal(
            (320, 240, 0, 1, 2, 1),
            (info.DisplayWidth, info.DisplayHeight, info.Rotation, info.SampleAspect, info.FrameRate, info.Duration)
        );
    }

    [Fact]
    public void Counts_keyframes_of_later_stretches_but_not_the_jump_between_them()
    {
        const string Later = """
            {"packets":[
              {"pts_time":"200","flags":"K_"},{"pts_time":"200.5","flags":"__"},
              {"pts_time":"204","flags":"__"},{"pts_time":"207","flags":"K_"}
            ]}
            """;
        var json = File.ReadAllText(Path.Combine(TestFiles.Repository, "tests", "fixtures", "ffprobe", "constant-rate.json"));
        Assert.Equal(7, Assert.IsType<ProbeResult.Found>(FfprobeParser.Parse(json, "a.mp4", "", Later)).Info.KeyframeSpacing);
    }
}
