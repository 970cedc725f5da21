using System.Security.Cryptography;
using Azure.Storage.Blobs;

namespace OrleansAtlas.Tests;

/// <summary>Compares a store in a container with one in a folder: docs/store.md, "What is compared".</summary>
internal static class BlobBytes
{
    /// <summary>Asserts that two stores are the same, naming what is not.</summary>
    /// <param name="folder">The one in a folder.</param>
    /// <param name="container">Where the other is.</param>
    /// <param name="prefix">What its names start with.</param>
    /// <param name="sameFiles">Whether both were made of the same files: where films lie is stored too.</param>
    public static async Task AssertSameAsync(string folder, BlobContainerClient container, string prefix, bool sameFiles = true)
    {
        var expected = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => IsCompared(Path.GetRelativePath(folder, path), sameFiles))
            .ToDictionary(path => Path.GetRelativePath(folder, path), path => Hash(File.ReadAllBytes(path)));
        var actual = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var name in NamesAsync(container, prefix))
        {
            if (IsCompared(name, sameFiles))
            {
                var content = await container.GetBlobClient(prefix + name).DownloadContentAsync();
                actual[name] = Hash(content.Value.Content.ToArray());
            }
        }

        Assert.NotEmpty(expected);
        Assert.Empty(expected.Keys.Except(actual.Keys));
        Assert.Empty(actual.Keys.Except(expected.Keys));
        Assert.Empty(expected.Where(file => actual[file.Key] != file.Value).Select(file => file.Key));
    }

    /// <summary>Names of the artifacts.</summary>
    public static async IAsyncEnumerable<string> NamesAsync(BlobContainerClient container, string prefix)
    {
        await foreach (var blob in container.GetBlobsAsync(new() { Prefix = prefix }, CancellationToken.None))
        {
            yield return blob.Name[prefix.Length..];
        }
    }

    /// <summary>Segments that are done.</summary>
    public static Task<int> SegmentsAsync(BlobContainerClient container, string prefix) =>
        NamesAsync(container, prefix).CountAsync(name => name.Contains("/features-", StringComparison.Ordinal)).AsTask();

    /// <summary>Puts the files of a folder into a container.</summary>
    /// <returns>Their address.</returns>
    public static async Task<string> UploadAsync(string folder, BlobContainerClient container, string prefix)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await container.GetBlobClient($"{prefix}/{Path.GetRelativePath(folder, path)}").UploadAsync(path, overwrite: true);
        }

        return $"{container.Uri}/{prefix}";
    }

    private static bool IsCompared(string name, bool sameFiles) =>
        name[0] != '.'
        && !name.Contains("/ledger/", StringComparison.Ordinal)
        && (sameFiles || !name.EndsWith("/video.json", StringComparison.Ordinal));

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
