[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.IndexedClips))]

namespace OrleansAtlas.Tests;

/// <summary>Five films, and a store that has them as collection <c>films</c> with 4 frames a second: made once, copied by every test that
/// starts from it.</summary>
public sealed class IndexedClips : IAsyncLifetime
{
    private readonly Clips _clips = new();
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with the films.</summary>
    public string Folder => _clips.Folder;

    public async ValueTask InitializeAsync()
    {
        await _clips.InitializeAsync();
        await new Atlas(_folder["store"]).JsonAsync("index", Folder, "-c", "films", "--fps", "4");
    }

    /// <summary>A store of the test's own.</summary>
    public void CopyTo(string store)
    {
        foreach (var file in Directory.EnumerateFiles(_folder["store"], "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(store, Path.GetRelativePath(_folder["store"], file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _clips.DisposeAsync();
    }
}
