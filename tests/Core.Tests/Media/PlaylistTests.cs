using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>Files that lead to other files or to the network: neither is opened for them.</summary>
public sealed class PlaylistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nPLACE\n#EXT-X-ENDLIST\n")]
    [InlineData("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nPLACE\n#EXT-X-ENDLIST\n")]
    [InlineData("a.ffconcat", "ffconcat version 1.0\nfile 'PLACE'\n")]
    [InlineData("concat.mkv", "ffconcat version 1.0\nfile 'PLACE'\n")]
    [InlineData("a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=control:PLACE\n")]
    [InlineData("rtp.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=control:PLACE\n")]
    [InlineData(
        "dash.mp4",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT9S\"><Period>"
            + "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>PLACE</BaseURL></Representation>"
            + "</AdaptationSet></Period></MPD>"
    )]
    [InlineData("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"PLACE\" width=\"9\" height=\"9\"/></svg>")]
    [InlineData("svg.mp4", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"PLACE\" width=\"9\" height=\"9\"/></svg>")]
    public async Task Nothing_is_opened_and_nothing_called(string name, string content)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var secret = await Clips.MakeAsync(
            _folder,
            "-f lavfi -i testsrc2=size=64x36:rate=5 -t 2 -c:v libx264 -pix_fmt yuv420p",
            "secret.mp4"
        );
        foreach (var place in (string[])[$"http://{server.LocalEndpoint}/x.mp4", "file://" + secret, secret])
        {
            File.WriteAllText(_folder[name], content.Replace("PLACE", place, StringComparison.Ordinal));
            Assert.IsNotType<ProbeResult.Found>(
                await new Prober(await Clips.ToolsAsync(), new NoPictures()).ProbeAsync(_folder[name], Clips.Token)
            );
        }

        Assert.False(server.Pending(), "somebody called");
    }

    [Fact]
    public async Task A_film_whose_pictures_are_in_another_file_is_not_followed()
    {
        var path = await Clips.MakeAsync(_folder, "-f lavfi -i testsrc2=size=64x36:rate=5 -t 2 -c:v mjpeg", "a.mov");
        var bytes = await File.ReadAllBytesAsync(path, Clips.Token);

        // The flag that says "in this file" (ISO/IEC 14496-12, 8.7.2) is taken away: the place would follow.
        var at = bytes.AsSpan().IndexOf("url "u8);
        bytes[at + 7] = 0;
        await File.WriteAllBytesAsync(path, bytes, Clips.Token);
        if (await new Prober(await Clips.ToolsAsync(), new NoPictures()).ProbeAsync(path, Clips.Token) is ProbeResult.Found found)
        {
            Assert.Equal(10, found.Info.Frames);
        }
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_a_film_is_told_and_not_waited_for()
    {
        var path = await Clips.MakeAsync(_folder, "-f lavfi -i testsrc2=size=64x36:rate=5 -t 1 -c:v mjpeg", "a.avi");
        File.Delete(path);
        using var make = System.Diagnostics.Process.Start("mkfifo", [path]);
        await make.WaitForExitAsync(Clips.Token);
        var probe = await new Prober(await Clips.ToolsAsync(), new NoPictures()).ProbeAsync(path, Clips.Token);
        Assert.Equal("a.avi cannot be read: it is no file any more.", Assert.IsType<ProbeResult.Failed>(probe).Reason);
    }
}
