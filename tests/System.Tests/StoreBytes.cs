using System.Security.Cryptography;

namespace OrleansAtlas.Tests;

/// <summary>What of a store is compared byte for byte: docs/store.md, "What is compared".</summary>
internal static class StoreBytes
{
    /// <summary>Checksum of every compared file by its name.</summary>
    public static SortedDictionary<string, string> Of(string store)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(store, path);
            if (
                !name.Contains("/ledger/", StringComparison.Ordinal)
                && name != ".lock"
                && !Path.GetFileName(path).StartsWith(".writing-", StringComparison.Ordinal)
            )
            {
                files[name] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
            }
        }

        return files;
    }

    /// <summary>Asserts that two stores are the same, naming the first difference.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var (a, b) = (Of(expected), Of(actual));
        Assert.NotEmpty(a);
        Assert.Empty(a.Keys.Except(b.Keys));
        Assert.Empty(b.Keys.Except(a.Keys));
        Assert.Empty(a.Where(file => b[file.Key] != file.Value).Select(file => file.Key));
    }
}
