using FFMpegCore;
using FFMpegCore.Enums;
using OrleansAtlas.Media;

namespace OrleansAtlas.Web.Films;

/// <summary>A stretch of a film as WebM (VP8, Opus), which every browser plays, made while it is played.</summary>
internal sealed class Transcoder(WebMapOptions options, IHostApplicationLifetime host) : IDisposable
{
    /// <summary>Longest stretch in seconds.</summary>
    public const double Longest = 60;

    private const int AtOnce = 2;
    private const int LargestWidth = 960;

    // FFMpegCore makes one text of all arguments, which a quotation mark in a name would break: the name takes this place afterwards.
    private const string Film = "FILM";

    // 4K HEVC takes 2.1 GiB of addresses (0.8 GB resident) with the 16 threads that ffmpeg takes at most.
    private static readonly ChildLimits Limits = new()
    {
        Silence = TimeSpan.FromSeconds(30),
        Life = TimeSpan.FromMinutes(5),
        AddressSpace = 8L << 30,
    };

    private readonly SemaphoreSlim _slots = new(AtOnce);

    /// <summary>Whether ffmpeg is here.</summary>
    public bool Works => options.Work is not null;

    /// <summary>Writes the stretch to a stream as it is made.</summary>
    /// <param name="path">The film.</param>
    /// <param name="from">Seconds from the first frame.</param>
    /// <param name="seconds">Length, at most <see cref="Longest"/>.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends ffmpeg; so does the end of the server.</param>
    public async Task WriteAsync(string path, double from, double seconds, Stream target, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        await _slots.WaitAsync(either.Token);
        try
        {
            await using var child = ChildProcess.Start(
                options.Work!.Ffmpeg.Ffmpeg,
                Arguments(path, from, seconds),
                Limits,
                null,
                either.Token
            );
            var buffer = new byte[1 << 15];
            for (int read; (read = await child.ReadAsync(buffer, either.Token)) > 0; )
            {
                await target.WriteAsync(buffer.AsMemory(0, read), either.Token);
            }
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // The server ends: what was sent so far is all there is.
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static IEnumerable<string> Arguments(string path, double from, double seconds) =>
        FFMpegArguments
            .FromUrlInput(
                Film,
                input =>
                    input
                        .WithCustomArgument("-nostdin -hide_banner -loglevel error -protocol_whitelist file,pipe")
                        .WithStartTime(TimeSpan.FromSeconds(from))
            )
            .OutputToUrl(
                "pipe:1",
                output =>
                    output
                        .WithDuration(TimeSpan.FromSeconds(Math.Min(seconds, Longest)))
                        .WithMap(0, StreamType.Video, 0)
                        .WithCustomArgument("-map 0:a:0?")
                        .WithVideoFilters(filters => filters.WithCustomFilter("scale", $"min({LargestWidth},iw):-2"))
                        .WithVideoCodec(VideoCodec.LibVpx)
                        .WithVideoBitrate(2000)
                        .WithGopSize(60)
                        .WithThreads(2)
                        .WithCustomArgument("-deadline realtime -cpu-used 8")
                        .WithAudioCodec(AudioCodec.LibOpus)
                        .WithAudioBitrate(96)
                        .WithAudioChannels(2)
                        .ForceFormat(ContainerFormats.WebM)
            )
            .Arguments.Split(' ')
            .Select(word => word.Trim('"'))
            .Select(word => word == Film ? "file:" + path : word);
}
