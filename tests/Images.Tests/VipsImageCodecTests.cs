using System.Diagnostics;
using NetVips;
using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

public sealed class VipsImageCodecTests
{
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public void Names_the_library_and_its_version() => Assert.Matches(@"^libvips 8\.\d+\.\d+$", Codec.Version);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Shows_a_photo_upright_for_every_orientation(int orientation)
    {
        using var folder = new TemporaryFolder();
        var path = folder["photo.jpg"];
        var upright = Corners(48, 32);
        var coded = Exif.Unturn(upright, orientation);
        File.WriteAllBytes(path, Exif.Add(Codec.EncodeJpeg(coded, 95), orientation));

        Assert.Equal(new PhotoHeader(48, 32, "jpeg", orientation), Codec.ReadHeader(path));
        var photo = Codec.ReadPhoto(path, 48, 32);
        Assert.Equal((48, 32), (photo.Width, photo.Height));
        foreach (var (x, y) in new[] { (4, 4), (43, 4), (4, 27), (43, 27) })
        {
            Pixels.AssertNear(Pixels.At(upright, x, y), Pixels.At(photo, x, y), 12);
        }
    }

    [Fact]
    public void Scales_a_photo_to_exactly_the_size_asked_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.jpg"], Codec.EncodeJpeg(Corners(640, 400), 90));
        foreach (var (width, height) in new[] { (128, 80), (133, 77), (299, 299), (1000, 1001), (1, 1) })
        {
            var photo = Codec.ReadPhoto(folder["a.jpg"], width, height);
            Assert.Equal((width, height, width * height * 3), (photo.Width, photo.Height, photo.Pixels.Length));
        }
    }

    [Fact]
    public void Gives_the_same_jpeg_for_the_same_pixels_on_any_number_of_threads()
    {
        var image = Pixels.Noise(534, 300);
        var expected = Codec.EncodeJpeg(image, 85);
        Parallel.For(0, 32, _ => Assert.True(expected.AsSpan().SequenceEqual(Codec.EncodeJpeg(image, 85))));
    }

    [Fact]
    public void Encodes_baseline_jpeg_with_halved_colour_and_no_metadata()
    {
        var file = Codec.EncodeJpeg(Pixels.Noise(64, 48), 85);
        var markers = Exif.Segments(file).ToList();
        Assert.Contains(markers, m => m.Marker == 0xC0);
        Assert.DoesNotContain(markers, m => m.Marker is 0xE1 or 0xE2 or 0xED or 0xFE);
        var frame = markers.Single(m => m.Marker == 0xC0).Data;
        Assert.Equal(0x22, frame[7]);
        Assert.Equal(0x11, frame[10]);
    }

    [Fact]
    public void Decodes_what_it_encoded()
    {
        var image = Corners(534, 300);
        var decoded = Codec.Decode(Codec.EncodeJpeg(image, 90));
        Assert.Equal((534, 300), (decoded.Width, decoded.Height));
        Pixels.AssertNear(Pixels.At(image, 20, 20), Pixels.At(decoded, 20, 20), 6);
        Pixels.AssertNear(Pixels.At(image, 500, 280), Pixels.At(decoded, 500, 280), 6);
    }

    [Fact]
    public void Tells_that_a_jpeg_was_cut_short()
    {
        using var folder = new TemporaryFolder();
        var file = Codec.EncodeJpeg(Pixels.Noise(400, 300), 85);
        File.WriteAllBytes(folder["cut.jpg"], file[..(file.Length / 2)]);
        Assert.NotNull(Codec.ReadHeader(folder["cut.jpg"]));
        var error = Assert.Throws<DamagedFileException>(() => Codec.ReadPhoto(folder["cut.jpg"], 100, 75));
        Assert.DoesNotContain("cut.jpg", error.Message);
        Assert.Matches("premature|truncat|end of", error.Message.ToLowerInvariant());
        Assert.Throws<DamagedFileException>(() => Codec.Decode(file.AsSpan(0, file.Length / 2)));
        Assert.Throws<DamagedFileException>(() => Codec.Decode("no picture at all"u8));
        Assert.Throws<DamagedFileException>(() => Codec.Decode([]));
    }

    [Fact]
    public void Knows_what_is_no_picture()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.jpg"], "not a picture");
        File.WriteAllBytes(folder["empty.png"], []);
        File.WriteAllText(folder["drawing.svg"], "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>");
        File.WriteAllBytes(folder["head.png"], [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Assert.All(Directory.GetFiles(folder.Path), path => Assert.Null(Codec.ReadHeader(path)));
        Assert.Null(Codec.ReadHeader(folder["missing.jpg"]));
    }

    [Theory]
    [InlineData("rgb48.png", "-pix_fmt rgb48be", "png")]
    [InlineData("grey.jpg", "-pix_fmt gray", "jpeg")]
    [InlineData("grey16.png", "-pix_fmt gray16be", "png")]
    [InlineData("palette.gif", "", "gif")]
    [InlineData("still.webp", "-lossless 1", "webp")]
    [InlineData("rgb.tiff", "-pix_fmt rgb24", "tiff")]
    [InlineData("wide.tiff", "-pix_fmt rgb48le", "tiff")]
    public void Reads_any_photo_as_eight_bit_sRGB(string name, string options, string format)
    {
        using var folder = new TemporaryFolder();
        Ffmpeg($"-f lavfi -i color=0x808080:s=40x30 -frames:v 1 {options}", folder[name]);
        Assert.Equal(new PhotoHeader(40, 30, format, 1), Codec.ReadHeader(folder[name]));
        var photo = Codec.ReadPhoto(folder[name], 20, 15);
        Assert.Equal(20 * 15 * 3, photo.Pixels.Length);
        Assert.InRange(photo.Pixels.Average(value => value), 126, 130);
    }

    [Fact]
    public void Lays_what_is_transparent_on_white()
    {
        using var folder = new TemporaryFolder();
        Ffmpeg("-f lavfi -i color=red@0.5:s=40x30,format=rgba -frames:v 1", folder["half.png"]);
        var photo = Codec.ReadPhoto(folder["half.png"], 40, 30);
        Pixels.AssertNear((255, 128, 128), Pixels.At(photo, 20, 15), 3);
        Pixels.AssertNear((255, 128, 128), Pixels.At(Codec.Decode(File.ReadAllBytes(folder["half.png"])), 20, 15), 3);
    }

    [Fact]
    public void Follows_the_colour_profile_of_a_photo()
    {
        using var folder = new TemporaryFolder();
        var colour = (200, 90, 60);
        var image = new RgbImage(32, 32, [.. Enumerable.Repeat(new byte[] { 200, 90, 60 }, 32 * 32).SelectMany(c => c)]);
        Codec.Write(folder["plain.png"], 32, 32, (top, rows) => image.Span.Slice(top * 96, rows.Length).CopyTo(rows), 72, default);
        using (var plain = Image.Pngload(folder["plain.png"]))
        using (var tagged = plain.IccTransform("p3", inputProfile: "srgb"))
        {
            tagged.Pngsave(folder["p3.png"]);
        }

        var stored = Pixels.At(Codec.Decode(File.ReadAllBytes(folder["p3.png"])), 9, 9);
        Assert.True(Math.Abs(stored.R - colour.Item1) > 5, $"the profile changes nothing: {stored}");
        Pixels.AssertNear(colour, Pixels.At(Codec.ReadPhoto(folder["p3.png"], 16, 16), 8, 8), 3);
    }

    [Fact]
    public void Turns_print_colours_into_sRGB()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["cmyk.tiff"], Cmyk.Tiff(32, 32, 255, 0, 0, 0));
        Assert.Equal(32, Codec.ReadHeader(folder["cmyk.tiff"])!.Width);
        var (red, green, blue) = Pixels.At(Codec.ReadPhoto(folder["cmyk.tiff"], 16, 16), 8, 8);
        Assert.True(red < 90 && green > 100 && blue > 150, $"cyan became {red},{green},{blue}");
    }

    /// <summary>Four corners of four colours, so that every turn and mirror shows.</summary>
    internal static RgbImage Corners(int width, int height)
    {
        (byte, byte, byte)[] colours = [(220, 30, 30), (30, 200, 30), (40, 40, 220), (230, 220, 40)];
        var image = new RgbImage(width, height);
        for (var i = 0; i < width * height; i++)
        {
            var colour = colours[(i % width < width / 2 ? 0 : 1) + (i / width < height / 2 ? 0 : 2)];
            (image.Pixels[i * 3], image.Pixels[(i * 3) + 1], image.Pixels[(i * 3) + 2]) = colour;
        }

        return image;
    }

    internal static void Ffmpeg(string options, string output)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ffmpeg", $"-v error -y {options} \"{output}\"") { RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
