using System.Runtime.InteropServices;

namespace OrleansAtlas.Images.Native;

/// <summary>What libvips said last, as an exception. The text is for the end of a sentence: one line, no trailing stop.</summary>
internal sealed class VipsError(string message) : Exception(message)
{
    /// <summary>Takes the message, so that it does not turn up in the next one.</summary>
    /// <remarks>The buffer is one for the whole process: under parallel failures it may hold lines of a neighbour.</remarks>
    public static VipsError Take()
    {
        var text = Vips.ErrorBufferCopy();
        var lines = (Marshal.PtrToStringUTF8(text) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        GObject.Free(text);
        return new VipsError(lines.Length == 0 ? "libvips does not say why" : string.Join("; ", lines.Distinct()));
    }
}
