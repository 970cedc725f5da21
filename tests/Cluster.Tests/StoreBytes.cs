using System.Security.Cryptography;

namespace OrleansAtlas.Tests;

/// <summary>What of a store is compared byte for byte: docs/store.md, "What is compared".</summary>
internal static class StoreBytes
{
    /// <summary>Asserts that two stores are the same, naming what is not.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var (a, b) = (Of(expected), Of(actual));
        Assert.NotEmpty(a);
        Assert.Empty(a.Keys.Except(b.Keys));
        Assert.Empty(b.Keys.Except(a.Keys));
        Assert.Empty(a.Where(file => b[file.Key] != file.Value).Select(file => file.Key));
    }

    private static SortedDictionary<string, string> Of(string store) =>
        new(
            Directory
                .EnumerateFiles(store, "*", SearchOption.AllDirectories)
                .Select(path => (Path: path, Name: Path.GetRelativePath(store, path)))
                .Where(file =>
                    file.Name[0] != '.'
                    && !file.Name.Contains("/ledger/", StringComparison.Ordinal)
                    && !Path.GetFileName(file.Path).StartsWith(".writing-", StringComparison.Ordinal)
                )
                .ToDictionary(file => file.Name, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Path)))),
            StringComparer.Ordinal
        );
}
