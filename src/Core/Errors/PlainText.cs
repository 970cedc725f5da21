using System.Globalization;
using System.Text;

namespace OrleansAtlas.Errors;

/// <summary>Text that may hold names of files, as a terminal, a log or a report can show it: names may hold anything but a slash, escape
/// sequences of terminals too.</summary>
public static class PlainText
{
    /// <summary>The text with each control character, line end and mark that turns the direction of writing as <c>\x1b</c> or
    /// <c>\u202e</c>.</summary>
    /// <param name="text">Any text; the same object where there is nothing to escape.</param>
    /// <param name="keepLines">Whether line feeds stay.</param>
    public static string Escape(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(c => IsHidden(c) && !(keepLines && c == '\n')))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ =
                !IsHidden(c) || (keepLines && c == '\n') ? plain.Append(c)
                : c <= 0xff ? plain.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")
                : plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return plain.ToString();
    }

    // Unicode's line and paragraph separators, and its embeddings, overrides and isolates (UAX 9).
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
