using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

public sealed partial class SourceFileTests
{
    private const int MostLines = 400;
    private const int MostColumns = 140;

    private static readonly string[] Sources = [".cs", ".sh", ".ts", ".js", ".css", ".html", ".csproj", ".props", ".targets"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_source_file_is_longer_than_400_lines()
    {
        var sources = (await Repository.FilesAsync(Cancel)).Where(path => Sources.Contains(Path.GetExtension(path)));

        Assert.DoesNotContain(sources, path => Repository.Text(path).Count(c => c == '\n') > MostLines);
    }

    [Fact]
    public async Task No_line_of_CSharp_is_longer_than_140_characters()
    {
        var sources = (await Repository.FilesAsync(Cancel)).Where(path => Path.GetExtension(path) == ".cs");

        Assert.Empty(
            from path in sources
            from line in LongLines(Repository.Text(path), rawStringsMay: path.StartsWith("tests/", StringComparison.Ordinal))
            select $"{path}:{line}"
        );
    }

    [Fact]
    public void Lines_may_be_long_only_in_raw_strings_of_tests()
    {
        var dashes = new string('-', MostColumns + 1);
        const string Quotes = "\"\"\"";
        Assert.Equal([1], LongLines(dashes, rawStringsMay: true));
        Assert.Equal([4], LongLines($"a({Quotes}\n{dashes}\n{Quotes});\n{dashes}", rawStringsMay: true));
        Assert.Equal([2, 4], LongLines($"a({Quotes}\n{dashes}\n{Quotes});\n{dashes}", rawStringsMay: false));
        Assert.Empty(LongLines($"a({Quotes}{dashes}{Quotes});", rawStringsMay: true));
    }

    [Fact]
    public async Task No_file_names_the_host_of_a_package_registry() => Assert.Empty(await LinesAsync(RegistryHost()));

    [Fact]
    public async Task No_file_names_a_folder_of_one_machine() => Assert.Empty(await LinesAsync(FolderOfOneMachine()));

    [Theory]
    [InlineData("atlas")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void The_scripts_can_be_run(string script)
    {
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute)
        );
    }

    [Theory]
    [InlineData("see /home/ada/films")]
    [InlineData("\"/work/films\"")]
    [InlineData("cache=/root/.cache")]
    public void A_folder_of_one_machine_is_recognised(string line) => Assert.Matches(FolderOfOneMachine(), line);

    [Theory]
    [InlineData("dotnet/roslyn/work/item")]
    [InlineData("the root/home page")]
    public void Other_paths_are_not(string line) => Assert.DoesNotMatch(FolderOfOneMachine(), line);

    // Captured output and page scripts in raw strings of tests stand as they are: a break would change them.
    private static IEnumerable<int> LongLines(string text, bool rawStringsMay)
    {
        var inside = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var quotes = RawQuotes().Count(line);
            if (line.Length > MostColumns && !(rawStringsMay && (inside || quotes > 0)))
            {
                yield return index + 1;
            }

            inside ^= quotes % 2 == 1;
        }
    }

    private static async Task<List<string>> LinesAsync(Regex pattern)
    {
        var files = await Repository.FilesAsync(Cancel);
        return
        [
            .. from path in files
            where path != "tests/Architecture.Tests/SourceFileTests.cs"
            from line in Repository.Text(path).Split('\n')
            where pattern.IsMatch(line)
            select $"{path}: {line.Trim()}",
        ];
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    [GeneratedRegex(
        @"(api\.nuget|registry\.npmjs|registry\.yarnpkg|deb\.debian|security\.debian|files\.pythonhosted)\.",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.~$}/*-])/(work|root|home)/[\w.]")]
    private static partial Regex FolderOfOneMachine();
}
