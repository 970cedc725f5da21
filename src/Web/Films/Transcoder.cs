using System.Globalization;
using OrleansAtlas.Media;

namespace OrleansAtlas.Web.Films;

/// <summary>A stretch of a film as WebM (VP8, Opus), which every browser plays, made while it is played.</summary>
internal sealed class Transcoder(WebMapOptions options, IHostApplicationLifetime host) : IDisposable
{
    /// <summary>Longest stretch in seconds.</summary>
    public const double Longest = 60;

    private const int AtOnce = 2;
    private const int LargestWidth = 960;

    private static readonly ChildLimits Limits = new() { Silence = TimeSpan.FromSeconds(30), Life = TimeSpan.FromMinutes(5) };

    private readonly SemaphoreSlim _slots = new(AtOnce);

    /// <summary>Whether ffmpeg is here.</summary>
    public bool Works => options.Ffmpeg is not null;

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
            await using var child = ChildProcess.Start(options.Ffmpeg!.Ffmpeg, Arguments(path, from, seconds), Limits, null, either.Token);
            var buffer = new byte[1 << 15];
            for (int read; (read = await child.ReadAsync(buffer, either.Token)) > 0;)
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

    private static string[] Arguments(string path, double from, double seconds) =>
    [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe",
        "-ss", Text(from), "-i", "file:" + path, "-t", Text(Math.Min(seconds, Longest)),
        "-map", "0:v:0", "-map", "0:a:0?", "-vf", $"scale='min({LargestWidth},iw)':-2",
        "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M", "-g", "60", "-threads", "2",
        "-c:a", "libopus", "-b:a", "96k", "-ac", "2", "-f", "webm", "pipe:1",
    ];

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
