using System.Text;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Client.Output;

/// <summary>The console as this program writes to it: whatever a name of a file holds, a line stays one line and no terminal obeys
/// it.</summary>
/// <param name="to">The console.</param>
internal sealed class PlainWriter(TextWriter to) : TextWriter(to.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => to.Encoding;

    /// <summary>The console's own two writers become this.</summary>
    public static void Install()
    {
        Console.SetOut(new PlainWriter(Console.Out));
        Console.SetError(new PlainWriter(Console.Error));
    }

    /// <summary>The console below, for who escapes names and sends the terminal's own sequences.</summary>
    public static TextWriter Below(TextWriter writer) => writer is PlainWriter plain ? plain.Inner : writer;

    private TextWriter Inner => to;

    /// <inheritdoc/>
    public override void Write(char value) => to.Write(PlainText.Escape(value.ToString(), keepLines: true));

    /// <inheritdoc/>
    public override void Write(string? value) => to.Write(value is null ? null : PlainText.Escape(value, keepLines: true));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => to.WriteLine(value is null ? null : PlainText.Escape(value));

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value) => to.WriteLineAsync(value is null ? null : PlainText.Escape(value));

    /// <inheritdoc/>
    public override void Flush() => to.Flush();
}
