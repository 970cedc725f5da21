using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

public sealed class LocalStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_writer_of_an_artifact_wins()
    {
        var store = Open();
        Assert.True(await store.TryAddAsync("c/a.bin", "one"u8.ToArray(), None));
        Assert.False(await store.TryAddAsync("c/a.bin", "two"u8.ToArray(), None));
        Assert.Equal("one"u8.ToArray(), (await store.ReadAsync("c/a.bin", None))!.Content);
    }

    [Fact]
    public async Task Of_many_writers_at_once_one_wins_and_nothing_else_is_left()
    {
        var store = Open();
        for (var round = 0; round < 50; round++)
        {
            using var begin = new Barrier(8);
            var won = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(n =>
                        Task.Factory.StartNew(
                                () =>
                                {
                                    begin.SignalAndWait(None);
                                    return store.TryAddAsync($"c/{round}.bin", new byte[] { (byte)n }, None);
                                },
                                None,
                                TaskCreationOptions.LongRunning,
                                TaskScheduler.Default
                            )
                            .Unwrap()
                    )
            );
            var winner = Assert.Single(Enumerable.Range(0, 8), n => won[n]);
            Assert.Equal([(byte)winner], (await store.ReadAsync($"c/{round}.bin", None))!.Content);
        }

        Assert.Equal(50, Directory.GetFiles(_folder["c"]).Length);
    }

    [Fact]
    public async Task Adding_goes_on_where_another_deletes_the_folder()
    {
        var store = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n =>
                    Task.Run(async () =>
                    {
                        for (var round = 0; round < 200; round++)
                        {
                            Assert.True(await store.TryAddAsync($"c/d/{n}", new byte[1], None));
                            await store.DeleteAsync($"c/d/{n}", None);
                        }
                    })
                )
        );
        Assert.False(Directory.Exists(_folder["c"]));
    }

    [Fact]
    public async Task An_artifact_is_not_there_before_it_is_whole()
    {
        var store = Open();
        await store.TryAddAsync(
            "c/a.bin",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100], token);
                await stream.FlushAsync(token);
                Assert.False(await store.ExistsAsync("c/a.bin", None));
                Assert.Empty(await ListAsync(store, "c/"));
            },
            None
        );
        Assert.Equal([new ArtifactEntry("c/a.bin", 100 + Checksum.TrailerLength)], await ListAsync(store, "c/"));
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        var store = Open();
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            store.TryAddAsync(
                "c/a.bin",
                async (stream, token) =>
                {
                    await stream.WriteAsync(new byte[100], token);
                    throw new InvalidDataException();
                },
                None
            )
        );
        Assert.Empty(Directory.GetFiles(_folder["c"]));
    }

    [Fact]
    public async Task Changes_by_many_at_once_are_all_kept()
    {
        var store = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n =>
                    Task.Run(async () =>
                    {
                        while (true)
                        {
                            var present = await store.ReadAsync("c/list.json", None);
                            byte[] content = [.. present?.Content ?? [], (byte)n];
                            if (await store.TryReplaceAsync("c/list.json", content, present?.Tag, None) is not null)
                            {
                                return;
                            }
                        }
                    })
                )
        );
        Assert.Equal(20, (await store.ReadAsync("c/list.json", None))!.Content.Distinct().Count());
    }

    [Fact]
    public async Task A_replacement_with_an_old_tag_is_refused()
    {
        var store = Open();
        var tag = await store.TryReplaceAsync("c/x", "1"u8.ToArray(), null, None);
        Assert.NotNull(tag);
        Assert.Null(await store.TryReplaceAsync("c/x", "2"u8.ToArray(), null, None));
        Assert.NotNull(await store.TryReplaceAsync("c/x", "2"u8.ToArray(), tag, None));
        Assert.Null(await store.TryReplaceAsync("c/x", "3"u8.ToArray(), tag, None));
    }

    [Fact]
    public async Task Lists_by_prefix_in_ordinal_order()
    {
        var store = Open();
        foreach (var name in (string[])["c/b/2", "c/a", "c/b/1", "c/b-1/x", "d/a"])
        {
            await store.TryAddAsync(name, new byte[1], None);
        }

        Assert.Equal(["c/a", "c/b-1/x", "c/b/1", "c/b/2"], (await ListAsync(store, "c/")).Select(entry => entry.Name));
        Assert.Equal(["c/b-1/x", "c/b/1", "c/b/2"], (await ListAsync(store, "c/b")).Select(entry => entry.Name));
        Assert.Empty(await ListAsync(store, "nothing/"));
    }

    [Fact]
    public async Task Deleting_takes_empty_folders_along()
    {
        var store = Open();
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

    private LocalStore Open() => LocalStore.Open(_folder.Path, write: true);

    private static async Task<List<ArtifactEntry>> ListAsync(LocalStore store, string prefix)
    {
        var entries = new List<ArtifactEntry>();
        await foreach (var entry in store.ListAsync(prefix, None))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
