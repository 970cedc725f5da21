using System.Globalization;
using FFMpegCore;

namespace OrleansAtlas.Media;

/// <summary>How a viewer turns a film's pictures, from the matrix in the file (ISO/IEC 14496-12, 6.2.2): <c>[a b; c d]</c> takes (x, y) to
/// (a x + c y, b x + d y), y pointing down.</summary>
/// <param name="Clockwise">0, 90, 180 or 270 degrees.</param>
/// <param name="Mirrored">Whether left and right are exchanged before that: the matrix's determinant is negative.</param>
internal readonly record struct DisplayMatrix(int Clockwise, bool Mirrored)
{
    /// <summary>What ffprobe says of a stream: the matrix in hexadecimal lines, or a rotation counterclockwise, or a tag.</summary>
    public static DisplayMatrix Of(FFProbeStream stream)
    {
        if (SideData(stream, "displaymatrix") is { } matrix && Parse(matrix) is var (a, b, c, d))
        {
            var side = (a * d) - (b * c) < 0 ? -1 : 1;
            return new DisplayMatrix(Quarter(double.RadiansToDegrees(Math.Atan2(side * b, side * a))), side < 0);
        }

        return new DisplayMatrix(
            Quarter(-SideData(stream, "rotation").Number() ?? stream.Tags?.GetValueOrDefault("rotate").Number() ?? 0),
            false
        );
    }

    private static string? SideData(FFProbeStream stream, string name) =>
        stream.SideData?.Select(data => data.GetValueOrDefault(name)?.ToString()).FirstOrDefault(text => text is not null);

    private static (double A, double B, double C, double D)? Parse(string matrix)
    {
        // Three lines of "00000000:  a  b  u"; what is no matrix of numbers says nothing.
        var rows = matrix
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(row =>
                row.Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray()
            )
            .ToArray();
        return rows is [[var a, var b, ..], [var c, var d, ..], ..] && !double.IsNaN(a + b + c + d) && (a != 0 || b != 0)
            ? (a, b, c, d)
            : null;
    }

    private static int Quarter(double degrees) => (((int)Math.Round(degrees / 90) * 90 % 360) + 360) % 360;
}
