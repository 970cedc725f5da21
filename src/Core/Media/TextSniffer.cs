using System.Buffers;
using System.Text.Unicode;

namespace OrleansAtlas.Media;

/// <summary>Tells text by its first bytes, so that no process is started for the notes, subtitles and lists that lie beside
/// films.</summary>
internal static class TextSniffer
{
    /// <summary>Bytes that are looked at: a film's header of that length has bytes that no text has.</summary>
    public const int Length = 1024;

    private static readonly SearchValues<byte> NotInText = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(code => (byte)code).Except("\t\n\v\f\r\u001b"u8.ToArray()),
        127,
    ]);

    /// <summary>Whether it is UTF-8 without control characters, be it cut in the middle of a character.</summary>
    public static bool IsText(ReadOnlySpan<byte> head) =>
        head.Length > 0 && !head.ContainsAny(NotInText) && !head.StartsWith("YUV4MPEG2"u8) && IsUtf8(head);

    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
