using System.Security.Cryptography;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class ContentIdTests
{
    [Fact]
    public async Task An_id_is_the_hash_of_length_and_content_of_a_small_file()
    {
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        using var stream = new MemoryStream(bytes);
        var expected = Convert.ToHexStringLower(SHA256.HashData([.. BitConverter.GetBytes((long)bytes.Length), .. bytes]))[..32];
        Assert.Equal(expected, await ContentId.ComputeAsync(stream, Clips.Token));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData((1 << 20) - 1, true)]
    [InlineData(1 << 20, false)]
    [InlineData(10_000_000 / 15, true)]
    [InlineData((10_000_000 / 15 * 14) + 60_000, true)]
    [InlineData(9_999_999, true)]
    public async Task The_id_of_a_large_file_hangs_on_sixteen_stretches_of_it(int position, bool counts)
    {
        var bytes = new byte[10_000_000];
        using var before = new MemoryStream(bytes);
        var id = await ContentId.ComputeAsync(before, Clips.Token);
        bytes[position] ^= 1;
        using var after = new MemoryStream(bytes);
        Assert.Equal(counts, id != await ContentId.ComputeAsync(after, Clips.Token));
        using var longer = new MemoryStream(new byte[10_000_001]);
        Assert.NotEqual(id, await ContentId.ComputeAsync(longer, Clips.Token));
    }
}
