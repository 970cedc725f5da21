namespace OrleansAtlas.Media;

// Why: docs/decisions/odd-films.md
/// <summary>What a decoder complained about on standard error.</summary>
/// <remarks>Lines before <c>Stream mapping:</c> come from looking at the beginning of the file and say nothing about a segment.</remarks>
internal sealed class Complaints
{
    // Said of a frame that is given all the same.
    private const string CorruptFrame = "corrupt decoded frame";

    // Said where a recording begins between keyframes or was cut: references that are dropped twice, nothing that is shown.
    private static readonly string[] Harmless = ["mmco: unref short failure", "co located POCs unavailable", "Last message repeated"];

    private bool _decoding;
    private bool _corrupt;
    private bool _shown;
    private double? _last;

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>The first one; null where there was none.</summary>
    public string? First { get; private set; }

    /// <summary>Seconds of the frame that was shown before the first one; null where none was.</summary>
    public double? FirstAfter { get; private set; }

    /// <summary>The last error of all, also of those that do not count: for a run that gave nothing.</summary>
    public string? Last { get; private set; }

    /// <summary>Takes a line that ffmpeg wrote.</summary>
    public void Read(string line)
    {
        _decoding |= line.Contains("Stream mapping:", StringComparison.Ordinal);
        var error = line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal);
        var corrupt = line.Contains(CorruptFrame, StringComparison.Ordinal);
        Last = error ? line : Last;
        if (_decoding && (corrupt || (error && !Array.Exists(Harmless, harmless => line.Contains(harmless, StringComparison.Ordinal)))))
        {
            FirstAfter = Count == 0 ? _last : FirstAfter;
            Count++;
            First ??= line;
            _corrupt |= corrupt;
        }
    }

    /// <summary>A frame is shown at a time in seconds. What was said before the first one was about frames that nobody sees, unless a
    /// frame is said to be corrupt.</summary>
    public void Show(double time)
    {
        if (!_shown && !_corrupt)
        {
            Forget();
        }

        (_shown, _last) = (true, time);
    }

    /// <summary>What was said so far is about frames that do not matter any more: a keyframe came in between.</summary>
    public void Forget() => (Count, First, _corrupt) = (0, null, false);
}
