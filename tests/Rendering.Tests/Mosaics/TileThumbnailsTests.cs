using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class TileThumbnailsTests
{
    [Fact]
    public async Task A_standing_scene_counts_once_and_a_change_of_light_or_place_is_another_picture()
    {
        // Twelve frames: six of one scene with a speck that moves, three darker and darker, three with another object.
        MapFrame[] frames = [.. Enumerable.Range(0, 12).Select(i => new MapFrame(0, 0, i, i, (i + 0.5) / 12, 0.5))];
        var layout = GridAssignment.Assign(frames, MapView.Whole, 12, 1, default);
        var seen = new TileThumbnails(new Scenes());
        foreach (var frame in frames)
        {
            await seen.ReadAsync(frame, 0, 0, default);
        }

        Assert.Equal(new MosaicVariety(12, 7), seen.Variety(layout));
        Assert.Equal(0.5833, seen.Variety(layout).Share);
    }

    private sealed class Scenes : IFrameSource
    {
        public Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken)
        {
            var i = frame.IndexInSegment;
            var light = (byte)(i is >= 6 and < 9 ? 150 - (40 * (i - 6)) : 200);
            var canvas = new Canvas(107, 60, new Rgb(light, light, 90));
            canvas.Disc(10 + (i * 8), 50, 1.5, new Rgb(0, 0, 0));
            if (i >= 9)
            {
                canvas.Rectangle(new((i - 9) * 35, 10, 35, 40), new Rgb(200, 20, 20));
            }

            return Task.FromResult(canvas.Image);
        }
    }
}
