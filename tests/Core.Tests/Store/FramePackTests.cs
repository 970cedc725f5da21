using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

public sealed class FramePackTests
{
    private static readonly byte[][] Jpegs =
    [
        [1, 2, 3],
        [4],
        [5, 6, 7, 8, 9],
    ];

    [Fact]
    public async Task Gives_back_every_frame_by_its_index()
    {
        await using var file = await FrameFile.OpenAsync(new MemoryStream(FramePack.ToBytes(Jpegs)), new FirstByteCodec(), default);
        Assert.Equal(3, file.Count);
        Assert.Equal(Jpegs[2], await ((FramePack)file).ReadJpegAsync(2, default));
        Assert.Equal(Jpegs[0], await ((FramePack)file).ReadJpegAsync(0, default));
        Assert.Equal(4, (await file.ReadAsync(1, default)).Pixels[0]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => file.ReadAsync(3, default));
    }

    [Fact]
    public async Task Reads_one_frame_with_two_small_reads()
    {
        var stream = new CountingStream(FramePack.ToBytes([.. Enumerable.Range(0, 500).Select(i => new byte[1000])]));
        await using var file = (FramePack)await FrameFile.OpenAsync(stream, new FirstByteCodec(), default);
        var (reads, bytes) = (stream.Reads, stream.Bytes);
        await file.ReadJpegAsync(321, default);
        Assert.Equal((2, 1016), (stream.Reads - reads, stream.Bytes - bytes));
    }

    [Fact]
    public async Task Reads_raw_frames_one_by_one()
    {
        RgbImage[] frames = [new(2, 1, [1, 2, 3, 4, 5, 6]), new(2, 1, [7, 8, 9, 10, 11, 12])];
        await using var file = await FrameFile.OpenAsync(new MemoryStream(FramePackRaw.ToBytes(frames)), new FirstByteCodec(), default);
        var second = await file.ReadAsync(1, default);
        Assert.Equal((2, 2, 1), (file.Count, second.Width, second.Height));
        Assert.Equal(frames[1].Pixels, second.Pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(-1)]
    public async Task Tells_that_a_pack_was_cut_short(int length)
    {
        var pack = FramePack.ToBytes(Jpegs);
        var raw = FramePackRaw.ToBytes([new(2, 1, [1, 2, 3, 4, 5, 6])]);
        foreach (var file in new[] { pack, raw })
        {
            var cut = file[..(length < 0 ? file.Length - 1 : length)];
            await Assert.ThrowsAsync<DamagedFileException>(() => FrameFile.OpenAsync(new MemoryStream(cut), new FirstByteCodec(), default));
        }
    }

    [Fact]
    public async Task Refuses_an_array_that_is_no_frames() =>
        await Assert.ThrowsAsync<DamagedFileException>(() =>
            FrameFile.OpenAsync(new MemoryStream(Npy.ToBytes<float>(new float[30], 10, 3)), new FirstByteCodec(), default)
        );

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public int Bytes { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            Bytes += buffer.Length;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
