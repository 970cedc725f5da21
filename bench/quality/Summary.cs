using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Quality;

namespace OrleansAtlas.Bench;

/// <summary>One line a collection, out of the tables that this program printed.</summary>
internal sealed class Summary
{
    private static readonly (string Column, Func<Summary, string> Cell)[] Columns =
    [
        ("neighbours kept by `best`", s => Text(s.Kept("best, codes"))),
        ("of UMAP's", s => Percent(s.Kept("best, codes") / s.Kept("UMAP"))),
        ("its stretch costs", s => Percent(1 - (s.Kept(Map("best")) / s.Kept("best, codes")))),
        ("kept by `article`", s => Text(s.Kept("article, codes"))),
        ("of UMAP's", s => Percent(s.Kept("article, codes") / s.Kept("UMAP"))),
        ("its correlation", s => Text(s.Mean("log-ratio correlation", "article, codes"))),
        ("its stretch costs", s => Percent(1 - (s.Kept(Map("article")) / s.Kept("article, codes")))),
        ("lines of density off by at most", s => Percent(s.OffBy())),
        ("training recommended", s => s.Later(IsRecommended)),
        ("in vain", s => s.Later(row => IsRecommended(row) && Number(row[Brought]) <= Newcomers.MostLost)),
        ("missed", s => s.Later(row => !IsRecommended(row) && Number(row[Brought]) > Newcomers.MostLost)),
        ("drift above its limit", s => s.Later(row => Number(row["drift"]) > MapDrift.Limit)),
        ("copies found", s => Percent(s.Mean("found") / s.Mean("copies made"))),
        ("false", s => Count(s.Mean(Copies.Wrongly))),
        ("clips like a clip: cosine of means", s => Text(s.Mean("cosine of mean descriptors"))),
        ("`similar`", s => Text(s.Mean("`similar`"))),
    ];

    private const string Brought = "brought back by training";

    private readonly List<Dictionary<string, string>> _rows;

    private Summary(IEnumerable<Dictionary<string, string>> rows) => _rows = [.. rows];

    /// <summary>The table's lines.</summary>
    /// <param name="report">What <c>run.sh</c> printed.</param>
    public static IEnumerable<string> Lines(string report)
    {
        var (rows, columns) = (new List<Dictionary<string, string>>(), Array.Empty<string>());
        foreach (var line in File.ReadLines(report).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            string[] cells = [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];
            if (cells[0] == "collection")
            {
                columns = cells;
            }
            else
            {
                rows.Add(columns.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second));
            }
        }

        return
        [
            $"| collection | {string.Join(" | ", Columns.Select(column => column.Column))} |",
            $"|---|{string.Concat(Columns.Select(_ => "---|"))}",
            .. rows.GroupBy(row => row["collection"].Split(" (")[0])
                .Select(own => (own.Key, Summary: new Summary(own)))
                .Select(own => $"| {own.Key} | {string.Join(" | ", Columns.Select(column => column.Cell(own.Summary)))} |"),
        ];
    }

    private static string Map(string preset) => string.Create(CultureInfo.InvariantCulture, $"{preset}, map ({Stretch.Usual})");

    private double Kept(string layout) => Mean("neighbours kept", layout);

    private double Mean(string column, string? layout = null) =>
        _rows
            .Where(row => row.ContainsKey(column) && (layout is null || row.GetValueOrDefault("layout") == layout))
            .Select(row => Number(row[column]))
            .DefaultIfEmpty(double.NaN)
            .Average();

    private double OffBy() =>
        _rows
            .Where(row => row.ContainsKey("of 50%"))
            .SelectMany(row => row.Where(cell => cell.Key.EndsWith('%')))
            .Select(cell => Math.Abs(Number(cell.Value) - Number(cell.Key.Split(' ')[^1])) / 100)
            .DefaultIfEmpty(double.NaN)
            .Max();

    private static bool IsRecommended(Dictionary<string, string> row) => row["says"] == "train";

    private string Later(Func<Dictionary<string, string>, bool> counts)
    {
        var cases = _rows.Where(row => row.ContainsKey(Brought)).ToList();
        return cases.Count == 0 ? "-" : $"{cases.Count(counts)} of {cases.Count}";
    }

    private static double Number(string cell) =>
        double.TryParse(cell.TrimEnd('%'), CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Text(double number) => double.IsNaN(number) ? "-" : number.ToString(".000", CultureInfo.InvariantCulture);

    private static string Count(double number) => double.IsNaN(number) ? "-" : number.ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        double.IsNaN(share) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");
}
