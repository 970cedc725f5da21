using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

public sealed partial class SourceFileTests
{
    private const int MostLines = 400;

    private static readonly string[] Sources = [".cs", ".sh", ".ts", ".js", ".css", ".html", ".csproj", ".props", ".targets"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_source_file_is_longer_than_400_lines()
    {
        var sources = (await Repository.FilesAsync(Cancel)).Where(path => Sources.Contains(Path.GetExtension(path)));

        Assert.DoesNotContain(sources, path => Repository.Text(path).Count(c => c == '\n') > MostLines);
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

    [GeneratedRegex(
        @"(api\.nuget|registry\.npmjs|registry\.yarnpkg|deb\.debian|security\.debian|files\.pythonhosted)\.",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.~$}/*-])/(work|root|home)/[\w.]")]
    private static partial Regex FolderOfOneMachine();
}
