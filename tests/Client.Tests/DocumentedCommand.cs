using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>A call of <c>atlas</c> as a document has it.</summary>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Text">What stands there, without a comment.</param>
/// <param name="IsWhole">True in a code block, where it must run as it stands; in running text it may leave out what a verb needs.</param>
internal sealed partial record DocumentedCommand(string Place, string Text, bool IsWhole)
{
    /// <summary>The arguments with everything optional and without it: <c>FILM[@FROM-TO] [-k 9]</c> is <c>FILM@FROM-TO -k 9</c> and
    /// <c>FILM</c>. Words in capitals are values like any other, and the dots of <c>PATH...</c> are left out.</summary>
    public IEnumerable<string[]> Forms =>
        new[] { Text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), Optional().Replace(Text, "") }
            .Distinct()
            .Select(form => Words().Matches(form).Skip(1).Select(word => word.Value.Trim('"').Replace("...", "", StringComparison.Ordinal)))
            .Select(words => words.ToArray());

    /// <summary>All calls of a document: lines of code blocks, and code in running text, that begin with <c>atlas</c> or
    /// <c>./atlas</c>.</summary>
    public static IEnumerable<DocumentedCommand> Of(string name, string document)
    {
        var inBlock = false;
        foreach (var (index, line) in document.Split('\n').Index())
        {
            var place = $"{name}:{index + 1}";
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = !inBlock;
            }
            else if (inBlock && Call().IsMatch(line.Trim()))
            {
                yield return new DocumentedCommand(place, Comment().Replace(line, "").Trim(), IsWhole: true);
            }
            else if (!inBlock)
            {
                foreach (var code in Code().Matches(line).Select(match => match.Groups[1].Value).Where(code => Call().IsMatch(code)))
                {
                    yield return new DocumentedCommand(place, code, IsWhole: false);
                }
            }
        }
    }

    [GeneratedRegex(@"^(\./)?atlas\s")]
    private static partial Regex Call();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s?\[[^\]]*\]")]
    private static partial Regex Optional();

    [GeneratedRegex(
        """
            "[^"]*"|\S+
            """
    )]
    private static partial Regex Words();
}
