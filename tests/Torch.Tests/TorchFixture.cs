using System.Reflection;
using OrleansAtlas.Torch;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.TorchFixture))]

namespace OrleansAtlas.Tests;

/// <summary>libtorch as a set-up leaves it: a folder of links to the packages, named by <c>ATLAS_LIBTORCH</c>, and a cache of its own.
/// One that the caller has named is left as it is.</summary>
public sealed class TorchFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TorchFixture()
    {
        Environment.SetEnvironmentVariable("ATLAS_CACHE", _folder["cache"]);
        if (Environment.GetEnvironmentVariable(LibTorch.Variable) is { Length: > 0 })
        {
            return;
        }

        var libraries = Directory.CreateDirectory(_folder["libtorch"]).FullName;
        foreach (var file in ((string[])["libtorch", "binding"]).SelectMany(package => Directory.GetFiles(Metadata(package))))
        {
            File.CreateSymbolicLink(Path.Combine(libraries, Path.GetFileName(file)), file);
        }

        Environment.SetEnvironmentVariable(LibTorch.Variable, libraries);
    }

    /// <summary>Loads it; the test fails with the reason where it does not fit.</summary>
    internal static LibTorchLookup.Found Found =>
        LibTorch.Find() switch
        {
            LibTorchLookup.Found found => found,
            LibTorchLookup.Missing missing => throw new InvalidOperationException(missing.Reason),
            _ => throw new InvalidOperationException("Not reached."),
        };

    /// <summary>TorchSharp's own native library.</summary>
    internal static string Binding => Path.Combine(Metadata("binding"), "libLibTorchSharp.so");

    public void Dispose() => _folder.Dispose();

    private static string Metadata(string key) =>
        typeof(TorchFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
