using System.Diagnostics;

namespace OrleansAtlas.Tests;

/// <summary>helm and kubectl, out of <c>tests/KubeTools</c>.</summary>
internal static class KubeTools
{
    private static readonly string Folder = Path.Combine(TestFiles.Repository, "tests/KubeTools/node_modules/.unpacked");

    /// <summary>Runs helm; what it wrote.</summary>
    public static Task<AtlasRun> HelmAsync(params string[] arguments) => RunAsync(Path.Combine(Folder, "helm/helm"), arguments);

    /// <summary>Runs kubectl; what it wrote.</summary>
    public static Task<AtlasRun> KubectlAsync(params string[] arguments) => RunAsync(Path.Combine(Folder, "kubectl/kubectl"), arguments);

    private static async Task<AtlasRun> RunAsync(string program, string[] arguments)
    {
        Assert.SkipUnless(File.Exists(program), "helm and kubectl are not installed: npm ci in tests/KubeTools");
        using var home = new TemporaryFolder(); // It would keep a cache in the user's.
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = TestFiles.Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home.Path;
        using var process = Process.Start(start)!;
        return await AtlasRun.EndOfAsync(process);
    }
}
