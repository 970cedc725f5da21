using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Films;

namespace OrleansAtlas.Tests;

public sealed class TranscoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _before = Directory.GetFiles(Path.GetTempPath(), "atlas-*.webm");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.mkv", false)]
    [InlineData("two  blanks, a comma and 100%.mkv", false)]
    [InlineData("a \"quoted\" name.mkv", false)]
    [InlineData("back\\slash\\\" and 'both'.mkv", false)]
    [InlineData("-i FILM.mkv", false)]
    [InlineData("from the start.mkv", true)]
    public async Task A_stretch_of_a_film_of_any_name_is_as_long_and_wide_as_it_should_be(string name, bool fromStart)
    {
        await TestStore.FfmpegAsync(
            Cancel,
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1280x720:rate=10:duration=3",
            "-f",
            "lavfi",
            "-i",
            "sine=duration=3",
            "-c:v",
            "mpeg2video",
            "file:" + _folder[name]
        );
        var options = await TestStore.OptionsAsync(LocalStore.Open(_folder["store"], write: true), _folder["cache"], Cancel);
        using var transcoder = new Transcoder(
            options,
            TimeProvider.System,
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance)
        );

        var film = Assert.IsType<ProbeResult.Found>(await options.Work!.Prober.ProbeAsync(_folder[name], Cancel)).Info;
        await using (var file = File.Create(_folder["stretch.webm"]))
        await using (var stretch = await transcoder.StartAsync(_folder[name], film, 1, 1.5, fromStart, Cancel))
        {
            Assert.True(await stretch!.WriteToAsync(file, Cancel));
        }

        var info = Assert.IsType<ProbeResult.Found>(await options.Work.Prober.ProbeAsync(_folder["stretch.webm"], Cancel)).Info;
        Assert.Equal(("matroska,webm", "vp8", 960, 540, 10), (info.Format, info.Codec, info.Width, info.Height, info.FrameRate));
        Assert.Equal(1.5, info.Duration, 6);
    }

    [Fact]
    public async Task A_reader_who_takes_nothing_for_too_long_is_left_and_no_file_stays()
    {
        const string Noise = "-f lavfi -i color=gray:size=480x270:rate=25:duration=30,noise=alls=100:allf=t+u -c:v mpeg4 -q:v 10";
        await TestStore.FfmpegAsync(Cancel, [.. Noise.Split(' '), _folder["noise.avi"]]);
        var options = await TestStore.OptionsAsync(LocalStore.Open(_folder["store"], write: true), _folder["cache"], Cancel);
        var clock = new FakeTimeProvider();
        using var transcoder = new Transcoder(options, clock, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        var film = Assert.IsType<ProbeResult.Found>(await options.Work!.Prober.ProbeAsync(_folder["noise.avi"], Cancel)).Info;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await silent.ConnectAsync(listener.LocalEndpoint, Cancel);
        await using var server = new NetworkStream(await listener.AcceptSocketAsync(Cancel), ownsSocket: true);

        await using (var stretch = await transcoder.StartAsync(_folder["noise.avi"], film, 0, 30, false, Cancel))
        {
            var writing = stretch!.WriteToAsync(server, Cancel);
            await stretch.Made.WaitAsync(Cancel);
            Assert.False(writing.IsCompleted);
            while (!writing.IsCompleted)
            {
                clock.Advance(options.Limits.Patience);
                await Task.Yield();
            }

            Assert.False(await writing);
        }

        Assert.Equal(_before, Directory.GetFiles(Path.GetTempPath(), "atlas-*.webm"));
    }

    public void Dispose() => _folder.Dispose();
}
