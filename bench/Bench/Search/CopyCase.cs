using System.Globalization;
using OrleansAtlas.Search.Copies;

namespace OrleansAtlas.Bench.Search;

/// <summary>A copy that was made.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">How it was made.</param>
/// <param name="Source">Of what.</param>
/// <param name="From">Seconds into the source where it begins.</param>
/// <param name="At">Seconds into the copy where that is seen.</param>
/// <param name="Seconds">How long, in the source.</param>
/// <param name="Speed">How many times faster the copy plays.</param>
internal sealed record CopyCase(string File, string Kind, string Source, double From, double At, double Seconds, double Speed)
{
    public static CopyCase Parse(string[] cells) =>
        new(cells[0], cells[1], cells[2], Number(cells, 3), Number(cells, 4), Number(cells, 5), cells.Length > 6 ? Number(cells, 6) : 1);

    public bool IsPair(CopyMatch match) => (match.A == File && match.B == Source) || (match.A == Source && match.B == File);

    /// <summary>Seconds by which a match puts the copy beside its source wrongly.</summary>
    public double OffsetError(CopyMatch match)
    {
        var (copy, source) = match.A == File ? (match.AStart, match.BStart) : (match.BStart, match.AStart);
        return copy - (At + ((source - From) / Speed));
    }

    /// <summary>By how much it gets the tempo wrong.</summary>
    public double TempoError(CopyMatch match) => (match.A == File ? 1 / match.Tempo : match.Tempo) - Speed;

    private static double Number(string[] cells, int cell) =>
        cells.Length > cell ? double.Parse(cells[cell], CultureInfo.InvariantCulture) : 0;
}
