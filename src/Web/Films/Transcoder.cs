using System.Globalization;
using System.Threading.RateLimiting;
using OrleansAtlas.Media;

namespace OrleansAtlas.Web.Films;

/// <summary>Makes stretches of films that every browser plays: WebM (VP8, Opus), a few at a time.</summary>
internal sealed class Transcoder(WebMapOptions options, TimeProvider clock, IHostApplicationLifetime host) : IDisposable
{
    /// <summary>Longest stretch in seconds.</summary>
    public const double Longest = 60;

    private const int LargestWidth = 960;

    // 4K HEVC takes 2.1 GiB of addresses (0.8 GB resident) with the 16 threads that ffmpeg takes at most.
    private static readonly ChildLimits Limits = new()
    {
        Silence = TimeSpan.FromSeconds(30),
        Life = TimeSpan.FromMinutes(5),
        Processor = TimeSpan.FromMinutes(10),
        AddressSpace = 8L << 30,
    };

    private readonly ConcurrencyLimiter _slots = new(
        new()
        {
            PermitLimit = options.Limits.Transcodes,
            QueueLimit = options.Limits.TranscodesWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>Whether ffmpeg is here.</summary>
    public bool Works => options.Work is not null;

    /// <summary>Begins a stretch as soon as there is a slot.</summary>
    /// <param name="path">The film.</param>
    /// <param name="info">What probing said about it.</param>
    /// <param name="from">Seconds from the first frame.</param>
    /// <param name="seconds">Length, at most <see cref="Longest"/>.</param>
    /// <param name="fromStart">Whether seeking gives wrong pictures.</param>
    /// <param name="cancellationToken">Ends ffmpeg; so does the end of the server.</param>
    /// <returns>The stretch, to be disposed of; null where too many wait.</returns>
    public async Task<Stretch?> StartAsync(
        string path,
        VideoInfo info,
        double from,
        double seconds,
        bool fromStart,
        CancellationToken cancellationToken
    )
    {
        var slot = await _slots.AcquireAsync(1, cancellationToken);
        if (!slot.IsAcquired)
        {
            slot.Dispose();
            return null;
        }

        var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var arguments = Arguments(path, info, from, seconds, fromStart);
        return new Stretch(
            () => ChildProcess.Start(options.Work!.Ffmpeg.Ffmpeg, arguments, Limits, null, ends.Token),
            slot,
            (options.Limits.Patience, clock),
            ends
        );
    }

    public void Dispose() => _slots.Dispose();

    private static IReadOnlyList<string> Arguments(string path, VideoInfo info, double from, double seconds, bool fromStart) =>
        [
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            "error",
            .. FilmInput.Arguments(path, info, from, fromStart),
            "-map",
            "0:a:0?",
            "-t",
            Math.Min(seconds, Longest).ToString("0.######", CultureInfo.InvariantCulture),
            "-vf",
            $"scale='min({LargestWidth},iw)':-2",
            .. "-c:v libvpx -b:v 2000k -g 60 -threads 2 -deadline realtime -cpu-used 8 -c:a libopus -b:a 96k -ac 2".Split(' '),
            "-f",
            "webm",
            "pipe:1",
        ];
}
