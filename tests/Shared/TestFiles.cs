using System.Runtime.CompilerServices;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

/// <summary>Where tests find what they compare with.</summary>
internal static class TestFiles
{
    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Root();

    /// <summary>A program of the solution, built in the configuration that the test itself was built in.</summary>
    public static string Built(string project, string program) =>
        Path.Combine(Repository, "artifacts", "bin", project, new DirectoryInfo(AppContext.BaseDirectory).Name, program);

    /// <summary>A reference array of <c>tests/reference</c>.</summary>
    public static NpyArray<T> Reference<T>(string name)
        where T : unmanaged => Npy.Parse<T>(File.ReadAllBytes(Path.Combine(Repository, "tests", "reference", name)));

    /// <summary>A file or folder of <c>../shared</c>; the test is skipped, and counted, where it is not there.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Repository, "..", "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"../shared/{string.Join('/', parts)} is not there");
        return Path.GetFullPath(path);
    }
}

/// <summary>A folder that is gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("atlas-test-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
