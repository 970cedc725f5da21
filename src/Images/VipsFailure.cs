using NetVips;

namespace OrleansAtlas.Images;

/// <summary>What libvips says when something fails.</summary>
/// <remarks>Its buffer of messages is one for the whole process: under parallel failures it may hold lines of a neighbour.</remarks>
internal static class VipsFailure
{
    /// <summary>The messages of libvips for the end of a sentence: one line, no trailing stop.</summary>
    public static string Reason(this VipsException error)
    {
        // NetVips puts a line of its own before them.
        var lines = error
            .Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Distinct()
            .ToList();
        return lines.Count == 0 ? "libvips does not say why" : string.Join("; ", lines);
    }

    /// <summary>Drops the messages, so that they do not turn up in the next failure. NetVips does it where it makes an exception.</summary>
    public static void Forget() => _ = new VipsException("");
}
