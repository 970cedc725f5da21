using System.Buffers.Binary;
using System.IO.Hashing;
using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

/// <summary>Photos that are odd: whole without their end, named like options, inside raw files, or too large to be decoded.</summary>
public sealed class OddPhotoTests : IDisposable
{
    private static readonly VipsImageCodec Codec = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_jpeg_of_which_the_mark_of_the_end_is_missing_is_whole(int missing)
    {
        var jpeg = Codec.EncodeJpeg(Pixels.Noise(320, 180), 90);
        var photo = Codec.ReadPhoto(Write("a.jpg", jpeg[..^missing]), 320, 180);
        Assert.True(Codec.ReadPhoto(Write("b.jpg", jpeg), 320, 180).Span.SequenceEqual(photo.Span));
    }

    [Fact]
    public void A_jpeg_of_which_rows_are_missing_is_damaged()
    {
        var jpeg = Codec.EncodeJpeg(Pixels.Noise(320, 180), 90);
        foreach (var length in (int[])[jpeg.Length * 7 / 10, jpeg.Length - 200])
        {
            Assert.Throws<DamagedFileException>(() => Codec.ReadPhoto(Write("a.jpg", jpeg[..length]), 320, 180));
        }
    }

    [Fact]
    public void A_profile_of_greys_does_not_spoil_a_photo_in_colours()
    {
        var jpeg = Codec.EncodeJpeg(Pixels.Noise(320, 180), 90);
        var profile = GreyProfile();
        var length = 16 + profile.Length;
        byte[] tagged =
        [
            .. jpeg[..2],
            .. (byte[])[0xFF, 0xE2, (byte)(length >> 8), (byte)length],
            .. "ICC_PROFILE\0\u0001\u0001"u8,
            .. profile,
            .. jpeg[2..],
        ];
        var photo = Codec.ReadPhoto(Write("tagged.jpg", tagged), 320, 180);
        Assert.True(Codec.ReadPhoto(Write("plain.jpg", jpeg), 320, 180).Span.SequenceEqual(photo.Span));
    }

    [Theory]
    [InlineData("photo.jpg[page=1]")]
    [InlineData("IMG[Q=5]")]
    [InlineData("a[")]
    [InlineData("a].jpg")]
    public void Brackets_at_the_end_of_a_name_are_no_options(string name)
    {
        var path = Write(name, Codec.EncodeJpeg(Pixels.Noise(64, 36), 90));
        Assert.Equal(new PhotoHeader(64, 36, "jpeg", 1), Codec.ReadHeader(path));
        Assert.Equal(64, Codec.ReadPhoto(path, 64, 36).Width);
    }

    [Fact]
    public void Of_a_raw_file_the_largest_picture_is_taken_upright()
    {
        // A directory with a note that its own picture is a preview, and that all is turned by a quarter.
        byte[] head =
        [
            .. "II*\0"u8,
            .. (byte[])[8, 0, 0, 0, 2, 0],
            .. (byte[])[254, 0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0],
            .. (byte[])[18, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0],
            .. new byte[4],
        ];
        var path = Write(
            "a.dng",
            [.. head, .. Codec.EncodeJpeg(Pixels.Noise(64, 36), 90), .. Codec.EncodeJpeg(Pixels.Noise(320, 180), 90), .. new byte[99]]
        );
        Assert.Equal(new PhotoHeader(180, 320, "raw", 6), Codec.ReadHeader(path));
        var photo = Codec.ReadPhoto(path, 180, 320);
        Assert.Equal((180, 320), (photo.Width, photo.Height));
    }

    [Fact]
    public void A_raw_file_without_a_picture_is_none() =>
        Assert.Null(Codec.ReadHeader(Write("a.dng", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 254, 0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])));

    [Fact]
    public void A_picture_that_takes_too_much_memory_is_refused_before_it_is_decoded()
    {
        var path = Write("large.png", InterlacedPng(33_000, 33_000));
        var before = GC.GetTotalMemory(false) + VipsLibrary.TrackedMemory;
        var refused = Assert.Throws<DamagedFileException>(() => Codec.ReadPhoto(path, 534, 300));
        Assert.Contains("33000 x 33000", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(false) + VipsLibrary.TrackedMemory - before, long.MinValue, 64 << 20);
        Assert.Throws<DamagedFileException>(() => Codec.Decode(File.ReadAllBytes(path)));
    }

    [Fact]
    public async Task Under_parallel_failures_each_is_told_its_own_reason()
    {
        var jpeg = Codec.EncodeJpeg(Pixels.Noise(320, 180), 90);
        var (cut, torn) = (Write("cut.jpg", jpeg[..2000]), Write("torn.png", InterlacedPng(64, 36)));
        await Parallel.ForAsync(
            0,
            40,
            TestContext.Current.CancellationToken,
            (n, _) =>
            {
                var error = Assert.Throws<DamagedFileException>(() => Codec.ReadPhoto(n % 2 == 0 ? cut : torn, 64, 36));
                Assert.DoesNotContain(n % 2 == 0 ? "png" : "Jpeg", error.Message, StringComparison.Ordinal);
                return ValueTask.CompletedTask;
            }
        );
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    /// <summary>The header of a PNG in seven passes, and pixels that break off.</summary>
    private static byte[] InterlacedPng(int width, int height)
    {
        var size = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), height);
        (size[8], size[9], size[12]) = (8, 2, 1);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, size), .. Chunk("IDAT"u8, [0x78, 0x01, 1, 9]), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. checksum];
    }

    /// <summary>An ICC profile of greys: its head, a white point, and a gamma of 2.2.</summary>
    private static byte[] GreyProfile()
    {
        var icc = new byte[128 + 4 + 24 + 20 + 16];
        void Number(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(icc.AsSpan(at), value);
        void Text(int at, ReadOnlySpan<byte> value) => value.CopyTo(icc.AsSpan(at));
        void D50(int at)
        {
            Number(at, 0xF6D6);
            Number(at + 4, 0x10000);
            Number(at + 8, 0xD32D);
        }

        Number(0, (uint)icc.Length);
        Number(8, 0x02100000);
        Text(12, "mntrGRAYXYZ "u8);
        Text(36, "acsp"u8);
        D50(68);
        Number(128, 2);
        Text(132, "wtpt"u8);
        Number(136, 156);
        Number(140, 20);
        Text(144, "kTRC"u8);
        Number(148, 176);
        Number(152, 14);
        Text(156, "XYZ "u8);
        D50(164);
        Text(176, "curv"u8);
        Number(184, 1);
        icc[188] = 2;
        icc[189] = 51;
        return icc;
    }
}
