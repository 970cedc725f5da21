using System.Globalization;
using System.Text;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

/// <summary>Lists every packet of a film's picture stream: what its container claims is not asked.</summary>
internal static class PacketScan
{
    // 16 bytes of memory each; a film of 60 frames a second lasts 46 hours.
    private const int MostPackets = 10_000_000;
    private const double SlowestDisk = 20e6;

    /// <summary>Reads the film from end to end.</summary>
    /// <returns>Null where it cannot be read in the time its size allows, has too many packets, or none with a time.</returns>
    public static async Task<FilmTimeline?> RunAsync(FfmpegTools tools, string path, VideoInfo info, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v",
            "error",
            "-of",
            "csv",
            .. FilmFormats.OnlyFilms(path, info),
            "-select_streams",
            string.Create(CultureInfo.InvariantCulture, $"{info.Stream}"),
            "-show_entries",
            FilmPacket.Entries,
            FilmFile.Input(path),
        ];
        var limits = new ChildLimits
        {
            Stage = Stage.Probe,
            Life = TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(FilmFile.LengthOf(path) / SlowestDisk),
            AddressSpace = Prober.AddressSpace,
        };
        var child = ChildProcess.Start(tools.Ffprobe, arguments, limits, null, cancellationToken);
        await using var ends = child.ConfigureAwait(false);
        var packets = new List<FilmPacket>();
        (long Num, long Den)? tick = null;
        var all = 0;
        await foreach (var line in LinesAsync(child, cancellationToken).ConfigureAwait(false))
        {
            all += line.StartsWith("packet", StringComparison.Ordinal) ? 1 : 0;
            if (FilmPacket.Parse(line) is { } packet)
            {
                packets.Add(packet);
                if (packets.Count > MostPackets)
                {
                    return null;
                }
            }

            tick ??= FilmPacket.ParseTick(line);
        }

        var exit = await child.WaitAsync(cancellationToken).ConfigureAwait(false);
        return
            exit.Stopped is null
            && tick is { } length
            && FilmTimeline.Of(packets, length, FilmFormats.IsBroadcast(info.Format)) is { } timeline
            ? timeline with
            {
                Packets = all,
                Complained = exit.ErrorTail.Length > 0,
            }
            : null;
    }

    private static async IAsyncEnumerable<string> LinesAsync(
        ChildProcess child,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[1 << 16];
        var rest = "";
        for (int count; (count = await child.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; )
        {
            var lines = (rest + Encoding.ASCII.GetString(buffer, 0, count)).Split('\n');
            rest = lines[^1];
            foreach (var line in lines.AsSpan(0, lines.Length - 1).ToArray())
            {
                yield return line;
            }
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }
}
