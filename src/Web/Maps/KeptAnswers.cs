using System.Security.Cryptography;
using System.Text.Json;
using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Web.Maps;

/// <summary>What was found for files that were dropped on the page, so that a page that is loaded again shows it again; the files
/// themselves are not kept. A bounded number of small files in the cache.</summary>
internal sealed class KeptAnswers(WebMapOptions options)
{
    private const int Most = 500;

    private readonly string _folder = Path.Combine(options.CacheFolder, "found");

    /// <summary>A key made from a file's content.</summary>
    public static async Task<string> KeyAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken))[..16];
    }

    public async Task KeepAsync(OpenMap open, string key, FoundDocument answer, CancellationToken cancellationToken)
    {
        // A disk that is full or read-only keeps nothing; the answer itself is right all the same.
        try
        {
            Directory.CreateDirectory(_folder);
            var temporary = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
            await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(answer), cancellationToken);
            File.Move(temporary, PathOf(open, key), overwrite: true);
            foreach (var old in new DirectoryInfo(_folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(Most))
            {
                old.Delete();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>The answer of a key; null where it is not kept.</summary>
    public async Task<FoundDocument?> ReadAsync(OpenMap open, string key, CancellationToken cancellationToken)
    {
        if (!OpenMaps.IsFilmId(key) || !File.Exists(PathOf(open, key)))
        {
            return null;
        }

        return JsonSerializer.Deserialize<FoundDocument>(await File.ReadAllBytesAsync(PathOf(open, key), cancellationToken));
    }

    private string PathOf(OpenMap open, string key)
    {
        var map = $"{options.Store.Location} {open.Map.Collection.Settings.Name} {open.Map.Info.Version} {key}";
        return Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(map)))[..32] + ".json");
    }
}
