using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests.Running;

/// <summary>Certificates made by the commands of docs/operations.md.</summary>
internal static partial class Certificates
{
    /// <summary>Writes <c>tls.crt</c>, <c>tls.key</c>, <c>ca.crt</c> and what comes with them into a folder.</summary>
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var page = await File.ReadAllTextAsync(Path.Combine(TestFiles.Repository, "docs/operations.md"));
        var start = new ProcessStartInfo("bash", ["-ec", Block().Match(page).Groups[1].Value])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var run = await AtlasRun.EndOfAsync(shell);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [GeneratedRegex("```\n(openssl req .*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
