using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Bench;

/// <summary>What <c>bench copies FOLDERS CASES EXPORT/copies.md</c> found, for exports that have that report.</summary>
internal static partial class Copies
{
    public const string Wrongly = "reported wrongly";
    public const string Heading = $"""
        | collection | copies made | found | {Wrongly} | highest score of a pair that is no copy |
        |---|---|---|---|---|
        """;

    public static IEnumerable<string> Lines(Export export)
    {
        var report = Path.Combine(export.Folder, "copies.md");
        if (!File.Exists(report))
        {
            yield break;
        }

        var text = File.ReadAllText(report);
        var kinds = Kind().Matches(text);
        yield return $"| {export.Name} ({export.Frames}) | {Sum(kinds, "made")} | {Sum(kinds, "found")} | "
            + $"{Wrong().Match(text).Groups["count"]} | {Wrong().Match(text).Groups["score"]} |";
    }

    private static int Sum(MatchCollection kinds, string group) =>
        kinds.Sum(kind => int.Parse(kind.Groups[group].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\| [a-z0-9]+ \| (?<made>\d+) \| (?<found>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"false: (?<count>\d+)\. Highest score of a pair that is no copy: (?<score>\d\.\d+)")]
    private static partial Regex Wrong();
}
