using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

/// <summary>A store in a folder.</summary>
public sealed class LocalStoreTests : ArtifactStoreTests, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deleting_takes_empty_folders_along()
    {
        var store = LocalStore.Open(_folder.Path, write: true);
        await store.TryAddAsync("c/b/1", new byte[1], None);
        await store.DeleteAsync("c/b/1", None);
        await store.DeleteAsync("c/b/1", None);
        Assert.False(Directory.Exists(_folder["c"]));
    }

    [Fact]
    public void A_place_that_cannot_hold_a_store_is_told_in_one_sentence()
    {
        File.WriteAllText(_folder["file"], "");
        var error = Assert.Throws<StoreException>(() => LocalStore.Open(_folder["file", "store"], write: true));
        Assert.Contains(_folder["file", "store"], error.Message);
        Assert.Contains("--store", error.Message);
    }

    [Fact]
    public async Task A_store_that_is_taken_away_is_not_begun_again_in_its_place()
    {
        var store = LocalStore.Open(_folder["store"], write: true);
        Directory.Delete(_folder["store"], recursive: true);

        var error = await Assert.ThrowsAsync<StoreException>(() => store.TryAddAsync("c/a.bin", "one"u8.ToArray(), None));
        Assert.Contains("is gone", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["store"]));
    }

    protected override Task<StorePlace> PlaceAsync() => Task.FromResult<StorePlace>(new FolderPlace());
}
