using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>One packet of a film's picture stream, as ffprobe lists it.</summary>
/// <param name="Shown">When its frame is shown, in ticks; null where the file does not say.</param>
/// <param name="Decoded">When it is decoded, in ticks; null where the file does not say.</param>
/// <param name="Key">Whether decoding can begin with it.</param>
internal readonly record struct FilmPacket(long? Shown, long? Decoded, bool Key)
{
    /// <summary>What ffprobe is asked for, in the order it answers.</summary>
    public const string Entries = "packet=pts,dts,size,flags:stream=time_base";

    /// <summary>Reads a line such as <c>packet,3600,0,1905,K_</c>.</summary>
    /// <returns>Null for another line, a packet that the decoder throws away, and one that holds no frame.</returns>
    public static FilmPacket? Parse(string line)
    {
        var cells = line.Split(',');
        return cells is ["packet", var shown, var decoded, var size, var flags, ..] && size != "0" && !flags.Contains('D')
            ? new FilmPacket(Ticks(shown), Ticks(decoded), flags.Contains('K'))
            : null;
    }

    /// <summary>Reads <c>stream,1/90000</c>: the length of a tick in seconds, as a quotient; null for another line.</summary>
    public static (long Num, long Den)? ParseTick(string line) =>
        line.Split(',') is ["stream", var tick, ..]
        && tick.Split('/') is [var above, var below]
        && Ticks(above) is > 0 and var num
        && Ticks(below) is > 0 and var den
            ? (num, den)
            : null;

    private static long? Ticks(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
}
