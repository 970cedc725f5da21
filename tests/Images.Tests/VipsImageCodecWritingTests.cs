using System.Buffers.Binary;
using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

public sealed class VipsImageCodecWritingTests
{
    private static readonly VipsImageCodec Codec = new();

    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.jpg", 25)]
    [InlineData("a.JPEG", 25)]
    [InlineData("a.webp", 45)]
    public void Writes_the_format_the_extension_names(string name, int tolerance)
    {
        using var folder = new TemporaryFolder();
        var image = VipsImageCodecTests.Corners(2000, 1500);
        Codec.Write(folder[name], 2000, 1500, From(image), 300, default);

        Assert.Equal([folder[name]], Directory.GetFiles(folder.Path));
        var read = Codec.ReadPhoto(folder[name], 2000, 1500);
        foreach (var (x, y) in new[] { (10, 10), (1990, 20), (30, 1480), (1980, 1490), (998, 748) })
        {
            Pixels.AssertNear(Pixels.At(image, x, y), Pixels.At(read, x, y), tolerance);
        }
    }

    [Fact]
    public void Asks_for_every_row_once_from_the_top()
    {
        using var folder = new TemporaryFolder();
        var next = 0;
        Codec.Write(
            folder["a.png"],
            3000,
            2001,
            (top, rows) =>
            {
                Assert.Equal(next, top);
                Assert.Equal(0, rows.Length % 9000);
                next += rows.Length / 9000;
            },
            72,
            default
        );
        Assert.Equal(2001, next);
    }

    [Fact]
    public void Notes_the_resolution()
    {
        using var folder = new TemporaryFolder();
        Codec.Write(folder["a.jpg"], 16, 16, (_, rows) => rows.Clear(), 300, default);
        var exif = Exif.Segments(File.ReadAllBytes(folder["a.jpg"])).Single(segment => segment.Marker == 0xE1).Data;
        var threeHundred = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(threeHundred, 300_000);
        BinaryPrimitives.WriteInt32LittleEndian(threeHundred.AsSpan(4), 1000);
        Assert.True(exif.AsSpan().IndexOf(threeHundred) > 0);
    }

    [Fact]
    public void Leaves_nothing_behind_when_stopped()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Codec.Write(folder["a.png"], 4000, 8000, (_, _) => stop.Cancel(), 72, stop.Token)
        );
        Assert.Throws<DamagedFileException>(() =>
            Codec.Write(folder["b.jpg"], 4000, 8000, (_, _) => throw new DamagedFileException("no frame"), 72, default)
        );
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public void Stops_between_strips_whatever_the_format(string name)
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var asked = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Codec.Write(
                folder[name],
                4000,
                8000,
                (_, _) =>
                {
                    asked++;
                    stop.Cancel();
                },
                72,
                stop.Token
            )
        );
        Assert.Equal(1, asked);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Ends_with_a_sentence_when_the_saver_fails_before_it_has_read_the_rows()
    {
        using var folder = new TemporaryFolder();
        var asked = 0;

        // JPEG ends at 65500 pixels a side, which libjpeg says after libvips has read the header.
        var writing = Task.Run(() => Codec.Write(folder["a.jpg"], 70_000, 1000, (_, _) => asked++, 72, default));
        var error = await Assert.ThrowsAsync<AtlasException>(() => writing.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("a.jpg", error.Message);
        Assert.Contains("65500", error.Message);
        Assert.InRange(asked, 0, 2);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Says_in_one_sentence_what_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("16383", Assert.Throws<AtlasException>(() => Codec.Write(folder["a.webp"], 20000, 10, Black, 72, default)).Message);
        Assert.Contains(".bmp", Assert.Throws<AtlasException>(() => Codec.Write(folder["a.bmp"], 10, 10, Black, 72, default)).Message);
        var error = Assert.ThrowsAny<NotFoundException>(() => Codec.Write(folder["no", "such", "a.png"], 4000, 4000, Black, 72, default));
        Assert.Contains("a.png", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Draws_text_with_one_baseline_for_every_line()
    {
        var (flat, deep) = (Codec.RenderText("Exx", 40, false), Codec.RenderText("Egg", 40, false));
        Assert.Equal((40, 40), (flat.Height, deep.Height));
        Assert.True(LastInk(deep) > LastInk(flat) + 3);
        Assert.Equal(FirstInk(flat), FirstInk(deep));
        Assert.Contains(flat.Coverage, c => c > 250);
        Assert.True(Codec.RenderText("Exx", 40, true).Coverage.Sum(c => c) > flat.Coverage.Sum(c => c));
    }

    [Fact]
    public void Draws_any_text_there_is()
    {
        Assert.True(Codec.RenderText("a <b> & \"c\" 'd'\n", 20, false).Width > 60);
        Assert.True(Codec.RenderText("Ünïcödé Ж 漢", 20, false).Width > 60);
        Assert.All(Codec.RenderText(" ", 20, false).Coverage, c => Assert.Equal(0, c));
        Assert.Equal(20, Codec.RenderText("", 20, false).Height);
    }

    private static void Black(int top, Span<byte> rows) => rows.Clear();

    private static StripFiller From(RgbImage image) => (top, rows) => image.Span.Slice(top * image.Width * 3, rows.Length).CopyTo(rows);

    private static int FirstInk(TextMask mask) => Array.FindIndex(mask.Coverage, c => c > 128) / mask.Width;

    private static int LastInk(TextMask mask) => Array.FindLastIndex(mask.Coverage, c => c > 128) / mask.Width;
}
