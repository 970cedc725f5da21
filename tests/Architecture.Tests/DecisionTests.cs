using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>Decisions are found from the code they explain, and from their index.</summary>
public sealed partial class DecisionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_decision_is_in_the_index_and_named_by_what_it_explains()
    {
        var files = await Repository.FilesAsync(Cancel);
        var named = files
            .Where(path => !path.StartsWith("docs/", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => Record().Matches(Repository.Text(path)).Select(match => match.Value))
            .ToHashSet(StringComparer.Ordinal);
        var index = Repository.Text("docs/decisions/README.md");
        var records = files
            .Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "README.md")
            .ToList();

        Assert.Equal([], records.Where(name => !named.Contains(name)));
        Assert.Equal([], records.Where(name => !index.Contains($"({name})", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_link_of_code_leads_to_a_decision()
    {
        var files = await Repository.FilesAsync(Cancel);

        Assert.Empty(
            from path in files
            where path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)
            from line in Repository.Text(path).Split('\n')
            where line.Contains("docs/decisions/", StringComparison.Ordinal)
            from Match match in Record().Matches(line)
            where !files.Contains($"docs/decisions/{match.Value}")
            select $"{path}: {match.Value}"
        );
    }

    [GeneratedRegex(@"(?<=docs/decisions/|, )[a-z0-9-]+\.md")]
    private static partial Regex Record();
}
