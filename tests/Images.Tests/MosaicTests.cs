using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Charts;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class MosaicTests
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

    [Fact]
    public void Says_in_a_sidecar_what_stands_where()
    {
        var layout = Layout(4, 3);
        var json = JsonDocument
            .Parse(
                MosaicSidecar.ToJson(
                    "m.png",
                    layout,
                    MosaicGeometry.OfTiles(4, 3, 32, 18),
                    [.. Enumerable.Range(0, 12).Select(i => $"film {i}")]
                )
            )
            .RootElement;
        var cell = json.GetProperty("cells")[5];
        Assert.Equal(
            (128, 54, 12),
            (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32(), json.GetProperty("cells").GetArrayLength())
        );
        Assert.Equal(
            (1, 1, 32, 18),
            (
                cell.GetProperty("column").GetInt32(),
                cell.GetProperty("row").GetInt32(),
                cell.GetProperty("left").GetInt32(),
                cell.GetProperty("top").GetInt32()
            )
        );
        Assert.Equal($"film {layout.Cells[5].Frame.FilmIndex}", cell.GetProperty("film").GetString());
    }

    [Theory]
    [InlineData(64, 36)]
    [InlineData(37, 91)]
    [InlineData(400, 300)]
    public void Crops_evenly_and_never_stretches(int width, int height)
    {
        // A disc in the middle stays round.
        var canvas = new Canvas(200, 100, Rgb.White);
        canvas.Disc(100, 50, 30, new Rgb(0, 0, 0));
        var tile = Resampler.Cover(canvas.Image, width, height);
        var across = Enumerable.Range(0, width).Count(x => Pixels.At(tile, x, height / 2).R < 128);
        var down = Enumerable.Range(0, height).Count(y => Pixels.At(tile, width / 2, y).R < 128);
        var expected = 60 * Math.Max(width / 200.0, height / 100.0);
        Assert.InRange(across, Math.Min(width, expected) - 1.5, expected + 1.5);
        Assert.InRange(down, expected - 1.5, expected + 1.5);
    }

    [Fact]
    public void Draws_a_scatter_with_the_colour_of_every_film_in_its_legend()
    {
        MapFrame[] frames = [.. Enumerable.Range(0, 60).Select(i => new MapFrame(i % 30, 0, i / 30, i, i / 60.0, i * 7 % 60 / 60.0))];
        var films = Enumerable.Range(0, 30).Select(i => $"folder/film {i}.mp4").ToArray();
        var scatter = new Scatter(Codec);
        var picture = scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films" });
        Assert.Equal((1600, 1200), (picture.Width, picture.Height));
        var colours = Enumerable
            .Range(0, 1600 * 1200)
            .Select(i => Pixels.At(picture, i % 1600, i / 1600))
            .Where((_, i) => i % 1600 > 1150)
            .ToHashSet();
        Assert.All(Enumerable.Range(0, 20).Select(Palette.Category), c => Assert.Contains((c.R, c.G, c.B), colours));
        Assert.Equal(picture.Pixels, scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films" }).Pixels);
        Assert.NotEqual(
            picture.Pixels,
            scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films", Colour = ScatterColour.Time }).Pixels
        );
    }

    private static GridLayout Layout(int columns, int rows) =>
        GridAssignment.Assign(
            [.. Enumerable.Range(0, columns * rows).Select(i => new MapFrame(i, 0, i, 0, (i * 5 % 12) / 12.0, i / 12.0 % 1))],
            MapView.Whole,
            columns,
            rows,
            0,
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
