using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class MosaicRendererTests
{
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public async Task Puts_every_frame_into_its_cell_uncropped_where_the_shape_fits()
    {
        using var folder = new TemporaryFolder();
        var layout = Layout(4, 3);
        await new MosaicRenderer(Codec, new Colours(16, 9)).WriteAsync(
            layout,
            MosaicGeometry.OfTiles(4, 3, 32, 18),
            folder["m.png"],
            default
        );
        var picture = Codec.ReadPhoto(folder["m.png"], 128, 54);
        foreach (var cell in layout.Cells)
        {
            Pixels.AssertNear(Colours.Of(cell.Frame), Pixels.At(picture, (cell.Column * 32) + 16, (cell.Row * 18) + 9), 1);
            Pixels.AssertNear(Colours.Of(cell.Frame), Pixels.At(picture, cell.Column * 32, cell.Row * 18), 1);
            Pixels.AssertNear(Colours.Of(cell.Frame), Pixels.At(picture, (cell.Column * 32) + 31, (cell.Row * 18) + 17), 1);
        }
    }

    [Fact]
    public async Task Is_the_same_file_for_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        foreach (var threads in new[] { 1, 4 })
        {
            await new MosaicRenderer(Codec, new Colours(50, 40)) { Parallelism = threads }.WriteAsync(
                Layout(5, 4),
                MosaicGeometry.OfTiles(5, 4, 97, 61),
                folder[$"{threads}.png"],
                default
            );
        }

        Assert.Equal(await File.ReadAllBytesAsync(folder["1.png"]), await File.ReadAllBytesAsync(folder["4.png"]));
    }

    [Fact]
    public async Task Fills_a_sheet_to_its_margins()
    {
        using var folder = new TemporaryFolder();
        var geometry = MosaicGeometry.OfPicture(4, 3, 401, 311, new PixelRectangle(20, 30, 361, 251));
        await new MosaicRenderer(Codec, new Colours(16, 9)).WriteAsync(Layout(4, 3), geometry, folder["m.png"], default);
        var picture = Codec.ReadPhoto(folder["m.png"], 401, 311);
        Assert.Equal((255, 255, 255), Pixels.At(picture, 19, 100));
        Assert.Equal((255, 255, 255), Pixels.At(picture, 381, 100));
        Assert.Equal((255, 255, 255), Pixels.At(picture, 100, 29));
        Assert.Equal((255, 255, 255), Pixels.At(picture, 100, 281));
        for (var x = 20; x < 381; x++)
        {
            Assert.NotEqual((255, 255, 255), Pixels.At(picture, x, 150));
        }
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_a_frame_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        var renderer = new MosaicRenderer(Codec, new Colours(16, 9) { FailsAt = 9 });
        var error = await Assert.ThrowsAsync<DamagedFileException>(() =>
            renderer.WriteAsync(Layout(4, 3), MosaicGeometry.OfTiles(4, 3, 320, 180), folder["m.jpg"], default)
        );
        Assert.Contains("frame 9", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    internal static GridLayout Layout(int columns, int rows) =>
        GridAssignment.Assign(
            [.. Enumerable.Range(0, columns * rows).Select(i => new MapFrame(i, 0, i, 0, (i * 5 % 12) / 12.0, i / 12.0 % 1))],
            MapView.Whole,
            columns,
            rows,
            default
        );

    /// <summary>Frames of one colour each.</summary>
    private sealed class Colours(int width, int height) : IFrameSource
    {
        public int FailsAt { get; init; } = -1;

        public static (int R, int G, int B) Of(MapFrame frame) =>
            (10 + (frame.FilmIndex * 9), 200 - (frame.FilmIndex * 7), 40 + (frame.FilmIndex * 53 % 150));

        public async Task<RgbImage> ReadAsync(MapFrame frame, int width1, int height1, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (frame.FilmIndex == FailsAt)
            {
                throw new DamagedFileException($"frame {FailsAt} is damaged");
            }

            var (r, g, b) = Of(frame);
            return new Canvas(width, height, new Rgb((byte)r, (byte)g, (byte)b)).Image;
        }
    }
}
