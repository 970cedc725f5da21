using OrleansAtlas.Azure;

namespace OrleansAtlas.Tests;

/// <summary>Blocks on the local disk.</summary>
public sealed class BlockCacheTests : IDisposable
{
    private const int Length = 1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_blocks_used_longest_ago_go_first()
    {
        var cache = new BlockCache(_folder.Path, 10 * Length);
        for (var block = 0; block < 30; block++)
        {
            cache.Add("key", block, Block(block));
            Assert.Equal(Block(0), cache.TryRead("key", 0, Length));
            Assert.InRange(Bytes(), 0, 10 * Length);
        }

        Assert.Equal(Block(29), cache.TryRead("key", 29, Length));
        Assert.Null(cache.TryRead("key", 1, Length));
    }

    [Fact]
    public void Blocks_of_an_earlier_process_count_too()
    {
        new BlockCache(_folder.Path, 10 * Length).Add("key", 1, Block(1));
        var cache = new BlockCache(_folder.Path, Length);
        cache.Add("key", 2, Block(2));
        Assert.InRange(Bytes(), 0, Length);
    }

    [Fact]
    public void A_block_that_the_disk_lost_a_part_of_is_not_kept()
    {
        var cache = new BlockCache(_folder.Path, 10 * Length);
        cache.Add("key", 1, Block(1));
        using (var file = File.OpenWrite(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)[0]))
        {
            file.SetLength(10);
        }

        Assert.Null(cache.TryRead("key", 1, Length));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_error()
    {
        File.WriteAllText(_folder["file"], "");
        var cache = new BlockCache(_folder["file"], Length);
        cache.Add("key", 1, Block(1));
        Assert.Null(cache.TryRead("key", 1, Length));
    }

    private static byte[] Block(int number) => [.. Enumerable.Repeat((byte)number, Length)];

    private long Bytes() => new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
