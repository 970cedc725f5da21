using System.Diagnostics;
using System.Globalization;
using OrleansAtlas.Media;

namespace OrleansAtlas.Bench;

/// <summary>The yardstick of decoding: ffmpeg as a person would call it, once a film, one thread each, as many at once as there are cores.
/// It skips what the plan skips, and gives as many frames of the same size, scaled in the same way, to nobody. Where there are fewer films
/// than cores, each is decoded several times at once and the cost divided: a core whose neighbour is idle is faster than in a run, which
/// keeps all of them busy.</summary>
internal static class FfmpegAlone
{
    private const string Scaling = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

    public static async Task<Cost> RunAsync(List<Film> films, FfmpegTools ffmpeg, CancellationToken cancellationToken)
    {
        var decoded = films.Where(film => film.Plan.Strategy != DecodeStrategy.Photo).ToList();
        var times = decoded.Count == 0 ? 1 : (Environment.ProcessorCount + decoded.Count - 1) / decoded.Count;
        var all = await Cost.OfAsync(() =>
            Parallel.ForEachAsync(
                Enumerable.Repeat(decoded, times).SelectMany(film => film),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                async (film, token) =>
                {
                    using var process = Process.Start(new ProcessStartInfo(ffmpeg.Ffmpeg, Arguments(film)))!;
                    await process.WaitForExitAsync(token);
                }
            )
        );
        return new Cost(all.Seconds / times, all.Processor / times);
    }

    private static string[] Arguments(Film film)
    {
        string[] skipping = film.Plan.Strategy switch
        {
            DecodeStrategy.Keyframes => ["-skip_frame", "nokey"],
            DecodeStrategy.ReferenceFrames => ["-skip_frame", "noref"],
            _ => [],
        };
        var filters = string.Create(
            CultureInfo.InvariantCulture,
            $"fps={1 / film.Plan.Interval:0.######},scale={film.Plan.Width}:{film.Plan.Height}:flags={Scaling},format=rgb24"
        );
        string[] output = ["-map", "0:v:0", "-vf", filters, "-f", "rawvideo", "-y", "/dev/null"];
        return ["-nostdin", "-v", "quiet", "-threads", "1", "-filter_threads", "1", .. skipping, "-i", film.Path, .. output];
    }
}
