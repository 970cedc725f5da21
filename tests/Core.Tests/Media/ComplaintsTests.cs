using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class ComplaintsTests
{
    private const string Error = "[h264 @ 0x55d] [error] error while decoding MB 0 0";
    private const string Corrupt = "[warning] a.mp4: corrupt decoded frame in stream 0";

    [Fact]
    public void What_is_said_while_the_file_is_opened_does_not_count()
    {
        var complaints = Read(Error, "[info] Stream mapping:");
        Assert.Equal((0, null, Error), (complaints.Count, complaints.First, complaints.Last));
    }

    [Fact]
    public void What_is_said_before_anything_is_shown_is_about_frames_that_nobody_sees()
    {
        var complaints = Read("[info] Stream mapping:", Error);
        complaints.Show(1);
        Assert.Equal(0, complaints.Count);
        complaints.Read(Error);
        complaints.Show(2);
        Assert.Equal((1, Error, 1.0), (complaints.Count, complaints.First, complaints.FirstAfter));
    }

    [Fact]
    public void A_frame_that_is_said_to_be_corrupt_counts_though_it_is_the_first()
    {
        var complaints = Read("[info] Stream mapping:", Error, Corrupt);
        complaints.Show(1);
        Assert.Equal((2, Error), (complaints.Count, complaints.First));
    }

    [Theory]
    [InlineData("[h264 @ 0x55d] [error] mmco: unref short failure")]
    [InlineData("[h264 @ 0x55d] [warning] DTS 5 < 7 out of order")]
    public void Usual_talk_is_no_complaint(string line) => Assert.Equal(0, Read("[info] Stream mapping:", line).Count);

    private static Complaints Read(params string[] lines)
    {
        var complaints = new Complaints();
        Array.ForEach(lines, complaints.Read);
        return complaints;
    }
}
