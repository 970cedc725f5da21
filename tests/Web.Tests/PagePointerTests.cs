using System.Globalization;
using Microsoft.Playwright;

namespace OrleansAtlas.Tests;

/// <summary>What the pointer is on, and what turning its wheel does.</summary>
public sealed class PagePointerTests(PageFixture pages)
{
    // Mean difference of the large picture from the part of the map around the pointer, at a size where both are blurred alike; the plane
    // fills the width, so cells are a power of two across.
    private const string Difference = """
        ([x, y]) => {
          const map = document.querySelector('#map'), canvas = map.querySelector('canvas'), box = map.getBoundingClientRect();
          const draw = (source, ...area) => {
            const c = new OffscreenCanvas(8, 4), g = c.getContext('2d');
            g.imageSmoothingQuality = 'high';
            g.drawImage(source, ...area, 0, 0, 8, 4);
            return g.getImageData(0, 0, 8, 4).data;
          };
          const image = document.querySelector('#hover .frame');
          const large = draw(image, 0, 0, image.naturalWidth, image.naturalHeight);
          const [px, py] = [(x - box.left) * canvas.width / box.width, (y - box.top) * canvas.height / box.height];
          const top = (canvas.height - canvas.width * 9 / 16) / 2;
          return Math.min(...[4, 8, 16, 32, 64].map(cells => {
            const width = canvas.width / cells, height = width * 9 / 16;
            const part = draw(canvas, Math.floor(px / width) * width, top + Math.floor((py - top) / height) * height, width, height);
            return part.reduce((sum, value, i) => sum + Math.abs(value - large[i]), 0) / part.length;
          }));
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(1.25)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_picture_under_the_pointer_is_the_one_that_is_drawn_there(float ratio)
    {
        await using var page = await pages.OpenAsync("?w=1&x=0.5&y=0.5&n=8", ratio: ratio);
        await page.Page.AddStyleTagAsync(new() { Content = "#hover { pointer-events: none; }" });
        var hover = page.Page.Locator("#hover .frame");
        var far = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var (x, y) = (90 + (100 * i), 200 + (137 * i % 420));
            await page.Page.Mouse.MoveAsync(x, y);
            await Assertions.Expect(hover).ToBeVisibleAsync();
            await page.Page.WaitForFunctionAsync(
                "() => { const image = document.querySelector('#hover .frame'); return image.complete && image.naturalWidth > 0; }"
            );
            var difference = await page.Page.EvaluateAsync<double>(Difference, new[] { x, y });
            if (difference > 12)
            {
                far.Add($"{x},{y}: {difference:0}");
            }

            // The next one is waited for.
            await page
                .Page.Locator("header")
                .HoverAsync(
                    new()
                    {
                        Position = new() { X = 2, Y = 2 },
                    }
                );
            await Assertions.Expect(hover).ToBeHiddenAsync();
        }

        Assert.Empty(far);
        Assert.Equal(8, await SideBySideAsync(page), 0.5);
        await page.ScreenshotAsync($"ratio-{ratio.ToString(CultureInfo.InvariantCulture)}");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_trackpad_zooms_as_far_as_a_wheel_that_turns_as_far()
    {
        var widths = new List<double>();
        foreach (var (count, turn) in new[] { (1, -120.0), (30, -4.0) })
        {
            await using var page = await pages.OpenAsync();
            var before = page.Text("w");
            await page.TurnWheelAsync(count, turn);
            await page.ChangesAsync("w", before);
            await page.SettledAsync();
            widths.Add(page.Number("w") / double.Parse(before, CultureInfo.InvariantCulture));
        }

        Assert.Equal(widths[0], widths[1], 0.01);
        Assert.InRange(widths[0], 0.78, 0.85);
    }

    /// <summary>Pictures side by side on the whole map, by the mark around one.</summary>
    private static async Task<double> SideBySideAsync(MapPage page)
    {
        await page.Page.Mouse.ClickAsync(640, 420);
        await page.MarkedAsync();
        await page.SettledAsync();
        return 1280
            / await page.Page.EvaluateAsync<double>("() => Number(document.querySelector('#overlay rect.mark').getAttribute('width'))");
    }
}
