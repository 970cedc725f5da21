using System.Diagnostics;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>The tests that the page's TypeScript has of its own.</summary>
public sealed class PageScriptTests
{
    [Fact]
    public async Task The_tests_of_the_TypeScript_pass_and_the_linter_finds_nothing()
    {
        Assert.SkipWhen(typeof(WebMap).Assembly.GetManifestResourceInfo("page/page.js") is null, "The page was not built: npm is not here");

        // npm installed what they need when the page was built.
        foreach (var script in new[] { "lint", "test" })
        {
            using var npm = Process.Start(
                new ProcessStartInfo("npm", ["run", "--silent", script])
                {
                    WorkingDirectory = Path.Combine(TestFiles.Repository, "src", "Web", "page"),
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(npm.ExitCode == 0, $"{script}: {output}{await errors}");
        }
    }
}
