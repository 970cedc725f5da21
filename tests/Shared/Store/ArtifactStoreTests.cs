using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

/// <summary>What every store does, wherever it is.</summary>
public abstract class ArtifactStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Rounds of tests in which many are at it.</summary>
    protected virtual int Rounds => 50;

    [Fact]
    public async Task The_first_writer_of_an_artifact_wins()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        Assert.True(await store.TryAddAsync("c/a.bin", "one"u8.ToArray(), None));
        Assert.False(await store.TryAddAsync("c/a.bin", "two"u8.ToArray(), None));
        Assert.False(await store.TryAddAsync("c/a.bin", (stream, token) => stream.WriteAsync(new byte[9], token).AsTask(), None));
        Assert.Equal("one"u8.ToArray(), (await store.ReadAsync("c/a.bin", None))!.Content);
    }

    [Fact]
    public async Task Of_many_writers_at_once_one_wins_and_nothing_else_is_left()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        for (var round = 0; round < Rounds; round++)
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

        Assert.Equal(Rounds, await place.CountAsync());
    }

    [Fact]
    public async Task Of_two_who_write_a_large_one_in_pieces_the_first_to_end_wins()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        var content = new byte[20_000_000];
        new Random(1).NextBytes(content);
        var inner = false;
        Assert.False(
            await store.TryAddAsync(
                "c/a.npy",
                async (outside, token) =>
                {
                    await WriteAsync(outside, content, token);
                    inner = await store.TryAddAsync("c/a.npy", (inside, late) => WriteAsync(inside, content, late), token);
                },
                None
            )
        );
        Assert.True(inner);
        Assert.Equal(content, (await store.ReadAsync("c/a.npy", None))!.Content);
        Assert.Equal(Checksum.Add("c/a.npy", content), await place.BytesAsync("c/a.npy"));
        Assert.Equal(Integrity.Whole, await store.VerifyAsync("c/a.npy", None));
        Assert.Equal(1, await place.CountAsync());

        static async Task WriteAsync(Stream stream, byte[] content, CancellationToken token)
        {
            for (var offset = 0; offset < content.Length; offset += 1_000_000)
            {
                await stream.WriteAsync(content.AsMemory(offset, 1_000_000), token);
            }
        }
    }

    [Fact]
    public async Task Adding_goes_on_where_another_deletes_the_folder()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n =>
                    Task.Run(async () =>
                    {
                        for (var round = 0; round < Rounds * 4; round++)
                        {
                            Assert.True(await store.TryAddAsync($"c/d/{n}", new byte[1], None));
                            await store.DeleteAsync($"c/d/{n}", None);
                        }
                    })
                )
        );
        Assert.Equal(0, await place.CountAsync());
        Assert.Empty(await store.ListFoldersAsync(None).ToListAsync(None));
    }

    [Fact]
    public async Task An_artifact_is_not_there_before_it_is_whole()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        await store.TryAddAsync(
            "c/a.bin",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100], token);
                await stream.FlushAsync(token);
                Assert.False(await store.ExistsAsync("c/a.bin", None));
                Assert.Null(await store.OpenAsync("c/a.bin", None));
                Assert.Empty(await store.ListAsync("c/", None).ToListAsync(None));
            },
            None
        );
        var entry = Assert.Single(await store.ListAsync("c/", None).ToListAsync(None));
        Assert.Equal(("c/a.bin", 100 + Checksum.TrailerLength), (entry.Name, entry.Length));
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        await using var place = await PlaceAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            place
                .Open()
                .TryAddAsync(
                    "c/a.bin",
                    async (stream, token) =>
                    {
                        await stream.WriteAsync(new byte[10_000_000], token);
                        throw new InvalidDataException();
                    },
                    None
                )
        );
        Assert.Equal(0, await place.CountAsync());
    }

    [Fact]
    public async Task Changes_by_many_at_once_are_all_kept()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
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
        await using var place = await PlaceAsync();
        var store = place.Open();
        var tag = await store.TryReplaceAsync("c/x", "1"u8.ToArray(), null, None);
        Assert.NotNull(tag);
        Assert.Equal(tag, (await store.ReadAsync("c/x", None))!.Tag);
        Assert.Null(await store.TryReplaceAsync("c/x", "2"u8.ToArray(), null, None));
        Assert.NotNull(await store.TryReplaceAsync("c/x", "2"u8.ToArray(), tag, None));
        Assert.Null(await store.TryReplaceAsync("c/x", "3"u8.ToArray(), tag, None));
        await store.DeleteAsync("c/x", None);
        Assert.Null(await store.TryReplaceAsync("c/x", "3"u8.ToArray(), tag, None));
    }

    [Fact]
    public async Task Lists_by_prefix_in_ordinal_order()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        foreach (var name in (string[])["c/b/2", "c/a", "c/B", "c/b/1", "c/b-1/x", "d/a"])
        {
            await store.TryAddAsync(name, new byte[1], None);
        }

        Assert.Equal(["c/B", "c/a", "c/b-1/x", "c/b/1", "c/b/2"], await NamesAsync("c/"));
        Assert.Equal(["c/b-1/x", "c/b/1", "c/b/2"], await NamesAsync("c/b"));
        Assert.Empty(await NamesAsync("nothing/"));
        Assert.Equal(["c", "d"], await store.ListFoldersAsync(None).ToListAsync(None));

        async Task<List<string>> NamesAsync(string prefix) =>
            await store.ListAsync(prefix, None).Select(entry => entry.Name).ToListAsync(None);
    }

    [Fact]
    public async Task What_was_listed_is_read_as_it_is_now_or_was_then()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        var tag = await store.TryReplaceAsync("c/x", "1"u8.ToArray(), null, None);
        for (var pass = 0; pass < 2; pass++)
        {
            var entry = Assert.Single(await store.ListAsync("c/", None).ToListAsync(None));
            var artifact = (await store.ReadListedAsync(entry, None))!;
            Assert.Equal("1"u8.ToArray(), artifact.Content);
            Assert.Equal(tag, artifact.Tag);
        }

        await store.TryReplaceAsync("c/x", "2"u8.ToArray(), tag, None);
        var changed = Assert.Single(await store.ListAsync("c/", None).ToListAsync(None));
        Assert.Equal("2"u8.ToArray(), (await store.ReadListedAsync(changed, None))!.Content);
        await store.DeleteAsync("c/x", None);
        Assert.Null(await place.Open().ReadListedAsync(new ArtifactEntry("c/x", changed.Length), None));
    }

    [Fact]
    public async Task What_is_not_there_is_no_error()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        Assert.Null(await store.ReadAsync("c/a", None));
        Assert.Null(await store.OpenAsync("c/a", None));
        Assert.Equal(Integrity.Missing, await store.VerifyAsync("c/a", None));
        await store.DeleteAsync("c/a", None);
        Assert.Equal((0, 0L), await store.DeleteUnfinishedAsync("c/", TimeSpan.Zero, None));
        await store.FlushAsync(None);
    }

    [Fact]
    public async Task An_artifact_is_read_from_anywhere_in_it()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        var content = new byte[3_000_001];
        new Random(2).NextBytes(content);
        await store.TryAddAsync("c/a.npy", content, None);
        var random = new Random(3);
        for (var pass = 0; pass < 2; pass++)
        {
            await using var stream = (await store.OpenAsync("c/a.npy", None))!;
            Assert.Equal(content.Length, stream.Length);
            for (var round = 0; round < 20; round++)
            {
                var offset = random.Next(content.Length);
                var part = new byte[Math.Min(random.Next(700_000), content.Length - offset)];
                stream.Position = offset;
                if (round % 2 == 0)
                {
                    await stream.ReadExactlyAsync(part, None);
                }
                else
                {
                    stream.ReadExactly(part);
                }

                Assert.Equal(content[offset..(offset + part.Length)], part);
            }

            stream.Seek(-1, SeekOrigin.End);
            Assert.Equal(content[^1], stream.ReadByte());
            Assert.Equal(-1, stream.ReadByte());
        }
    }

    /// <summary>An empty place.</summary>
    protected abstract Task<StorePlace> PlaceAsync();
}
