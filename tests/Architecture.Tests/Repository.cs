using System.Diagnostics;

namespace OrleansAtlas.Tests;

/// <summary>The files of the repository, committed or about to be, by their paths from its root.</summary>
internal static class Repository
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static string Root => TestFiles.Repository;

    public static async Task<IReadOnlyList<string>> FilesAsync(CancellationToken cancel)
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Root, ".git")), "Not a git repository");
        using var git = Process.Start(
            new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var paths = await git.StandardOutput.ReadToEndAsync(cancel).WaitAsync(Limit, cancel);
        await git.WaitForExitAsync(cancel).WaitAsync(Limit, cancel);
        Assert.Equal(0, git.ExitCode);
        return [.. paths.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
    }

    public static async Task<IReadOnlyList<Project>> ProjectsAsync(CancellationToken cancel) =>
        [.. (await FilesAsync(cancel)).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Read)];

    /// <summary>The text of a file, or nothing for a binary one (which has a zero byte).</summary>
    public static string Text(string path)
    {
        var text = File.ReadAllText(Path.Combine(Root, path));
        return text.Contains('\0') ? "" : text;
    }
}
