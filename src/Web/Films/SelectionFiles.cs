using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Films;

/// <summary>Chosen frames as lists for other programs.</summary>
internal static class SelectionFiles
{
    /// <summary>Comma-separated values, one frame a line, in the columns of <c>atlas export</c> and the time code.</summary>
    public static byte[] Csv(OpenMap open, IReadOnlyList<int> frames)
    {
        var text = new StringBuilder("video,path,time,timecode,x,y,trust\n");
        foreach (var frame in frames.Select(open.Frame))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{frame.Film},{Quoted(frame.Name)},{frame.Time:R},{frame.Timecode},{(float)frame.X:R},{(float)frame.Y:R},{frame.Trust}\n"
            );
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A JSON array of frames.</summary>
    public static byte[] Json(OpenMap open, IReadOnlyList<int> frames) =>
        JsonSerializer.SerializeToUtf8Bytes(
            frames
                .Select(open.Frame)
                .Select(frame => new
                {
                    video = frame.Film,
                    path = frame.Name,
                    time = frame.Time,
                    timecode = frame.Timecode,
                    x = frame.X,
                    y = frame.Y,
                    trust = frame.Trust,
                }),
            StoreJson.Options
        );

    // A name that starts like a formula is a text to every spreadsheet, and one with a line end takes one line.
    private static string Quoted(string name)
    {
        var text = PlainText.Escape(name);
        var safe = text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
