using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

/// <summary>What is stored carries a checksum, and what is not what was written is not given out.</summary>
public abstract class ArtifactChecksumTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Of so many bytes one is changed in turn.</summary>
    protected virtual int Step => 1;

    [Theory]
    [InlineData("c/video.json")]
    [InlineData("c/features-00000.npy")]
    [InlineData("c/frames-00000.jpgs")]
    public async Task No_changed_byte_passes_for_what_was_written(string name)
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        var content = name.EndsWith(".json", StringComparison.Ordinal)
            ? StoreJson.ToBytes(new VideoRecord { Id = "a", Sources = [] })
            : Npy.ToBytes<Half>([(Half)1, (Half)2, (Half)3], 3);
        await store.TryAddAsync(name, content, Cancel);
        Assert.Equal(content, (await store.ReadAsync(name, Cancel))!.Content);
        Assert.Equal(Integrity.Whole, await store.VerifyAsync(name, Cancel));
        var stored = await place.BytesAsync(name);
        for (var i = 0; i < stored.Length; i += Step)
        {
            var changed = (byte[])stored.Clone();
            changed[i] ^= 0x10;
            await place.PutAsync(name, changed);

            Assert.NotEqual(Integrity.Whole, await store.VerifyAsync(name, Cancel));
            try
            {
                // A change in the mark of the checksum hides it; its content is not cut off then, so nothing parses it.
                Assert.False((await store.ReadAsync(name, Cancel))!.HasChecksum);
            }
            catch (DamagedArtifactException error)
            {
                Assert.Contains($"{store.Location}/{name}", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_is_written_in_pieces_carries_one_too_and_is_read_without_it()
    {
        await using var place = await PlaceAsync();
        var store = place.Open();
        await store.TryAddAsync(
            "c/a.npy",
            async (stream, token) =>
            {
                await stream.WriteAsync("one "u8.ToArray(), token);
                stream.Write("two"u8);
            },
            Cancel
        );

        await using var content = (await store.OpenAsync("c/a.npy", Cancel))!;
        using var text = new StreamReader(content);
        Assert.Equal("one two", await text.ReadToEndAsync(Cancel));
        Assert.Equal(7, content.Length);
        Assert.Equal(Integrity.Whole, await store.VerifyAsync("c/a.npy", Cancel));
    }

    [Fact]
    public async Task JSON_stays_JSON()
    {
        await using var place = await PlaceAsync();
        await place.Open().TryAddAsync("c/list.json", StoreJson.ToBytes(new { versions = new[] { "a" } }), Cancel);

        using var document = JsonDocument.Parse(await place.BytesAsync("c/list.json"));
        Assert.Equal("a", document.RootElement.GetProperty("versions")[0].GetString());
        Assert.Matches("^xxh128:[0-9a-f]{32}$", document.RootElement.GetProperty("checksum").GetString());
    }

    [Fact]
    public async Task The_hash_is_XXH128_of_the_content()
    {
        await using var place = await PlaceAsync();
        await place.Open().TryAddAsync("c/a.bin", "hello world"u8.ToArray(), Cancel);

        // As `printf 'hello world' | xxh128sum` gives it.
        var stored = await place.BytesAsync("c/a.bin");
        Assert.Equal("df8d09e93f874900a99b8775cc15b6c7", Convert.ToHexStringLower(stored[^16..]));
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_read_as_it_is()
    {
        await using var place = await PlaceAsync();
        await place.PutAsync("c/a.json", "{\n  \"a\": 1\n}\n"u8.ToArray());

        var artifact = (await place.Open().ReadAsync("c/a.json", Cancel))!;
        Assert.Equal("{\n  \"a\": 1\n}\n"u8.ToArray(), artifact.Content);
        Assert.False(artifact.HasChecksum);
        Assert.Equal(Integrity.NoChecksum, await place.Open().VerifyAsync("c/a.json", Cancel));
    }

    [Fact]
    public async Task What_has_no_byte_is_not_there_and_is_made_again_by_name()
    {
        var log = FakeLogCollector.Create(new FakeLogCollectorOptions());
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new FakeLoggerProvider(log)));
        await using var place = await PlaceAsync();
        var store = place.Open(logs);
        await place.PutAsync("c/a.bin", []);

        Assert.Null(await store.ReadAsync("c/a.bin", Cancel));
        Assert.Null(await store.OpenAsync("c/a.bin", Cancel));
        Assert.False(await store.ExistsAsync("c/a.bin", Cancel));
        Assert.Empty(await store.ListAsync("c/", Cancel).ToListAsync(Cancel));
        Assert.True(await store.TryAddAsync("c/a.bin", "one"u8.ToArray(), Cancel));
        Assert.Equal("one"u8.ToArray(), (await store.ReadAsync("c/a.bin", Cancel))!.Content);
        Assert.Contains($"{store.Location}/c/a.bin", Assert.Single(log.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    /// <summary>An empty place.</summary>
    protected abstract Task<StorePlace> PlaceAsync();
}
