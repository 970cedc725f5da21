using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>Reads exact frame times from the lines of ffmpeg's showinfo filter: whole ticks and the length of a tick, for its seconds are
/// rounded to six digits.</summary>
internal sealed class ShowInfo
{
    private long _num;
    private long _den;

    /// <summary>The presentation time a line tells of in seconds; null where it is another line.</summary>
    public FrameTime? Read(string line)
    {
        var at = line.IndexOf("[Parsed_showinfo", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var text = line.AsSpan(at);
        if (After(text, "config in time_base: ") is { IsEmpty: false } timeBase)
        {
            var slash = timeBase.IndexOf('/');
            _num = Whole(timeBase[..slash]) ?? 0;
            _den = Whole(timeBase[(slash + 1)..]) ?? 0;
            return null;
        }

        return After(text, " n:").IsEmpty || After(text, " pts:") is not { IsEmpty: false } pts || _den == 0 ? null
            : Whole(pts) is { } ticks ? new FrameTime(ticks * _num / (double)_den, ticks * (_num / (double)_den))
            : new FrameTime(double.NaN, double.NaN);
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string label)
    {
        var at = text.IndexOf(label, StringComparison.Ordinal);
        return at < 0 ? default : text[(at + label.Length)..].TrimStart();
    }

    private static long? Whole(ReadOnlySpan<char> text)
    {
        var end =
            text.IndexOfAnyExceptInRange('0', '9') is var stop && stop == 0 && text.StartsWith("-")
                ? 1 + Math.Max(0, text[1..].IndexOfAnyExceptInRange('0', '9'))
                : stop;
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;
    }
}

/// <summary>When a frame is shown.</summary>
/// <param name="Seconds">The nearest double to the exact time.</param>
/// <param name="Filter">The same as ffmpeg's filters compute it: only this may be compared with the sampling grid there.</param>
internal readonly record struct FrameTime(double Seconds, double Filter);
