using System.Text;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Output;

/// <summary>What a verb answers on standard output: one JSON document, or lines for people.</summary>
internal sealed class Answer(bool json)
{
    /// <summary>Writes one or the other.</summary>
    public void Write<T>(T document, Action<TextWriter> lines)
    {
        if (json)
        {
            Console.Out.Write(Encoding.UTF8.GetString(StoreJson.ToBytes(document)));
        }
        else
        {
            lines(Console.Out);
        }
    }

    /// <summary>A table with columns as wide as they must be; numbers are the caller's text.</summary>
    public static void Table(TextWriter writer, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Count).Select(column => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
