using System.Globalization;
using Microsoft.Playwright;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests;

public sealed class PageTests(PageFixture pages)
{
    [Fact]
    public async Task The_whole_map_is_covered_with_pictures()
    {
        await using var page = await pages.OpenAsync();

        Assert.Equal(1, await page.CoveredAsync(), 0.01);
        Assert.Contains("8 films", await page.Page.Locator("#summary").TextContentAsync(), StringComparison.Ordinal);
        await page.ScreenshotAsync("whole");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task The_wheel_zooms_and_the_way_back_leads_back()
    {
        await using var page = await pages.OpenAsync();
        var before = page.Text("w");

        await page.Page.Mouse.MoveAsync(640, 420);
        await page.Page.Mouse.WheelAsync(0, -600);
        await page.ChangesAsync("w", before);
        var zoomed = page.Number("w");
        await page.DrawnAsync();
        await page.ScreenshotAsync("zoomed");
        await page.Page.GoBackAsync();
        await page.ChangesAsync("w", zoomed.ToString("0.0000", CultureInfo.InvariantCulture));

        Assert.True(zoomed < 0.9);
        Assert.Equal(before, page.Text("w"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Keys_zoom_and_move_and_open_the_frame_in_the_middle()
    {
        await using var page = await pages.OpenAsync();
        var (width, x) = (page.Text("w"), page.Text("x"));

        await page.Page.Locator(".openseadragon-canvas").FocusAsync();
        for (var i = 0; i < 4; i++)
        {
            await page.Page.Keyboard.PressAsync("=");
        }

        await page.ChangesAsync("w", width);
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.ChangesAsync("x", x);
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Panel.Locator("img.large")).ToBeVisibleAsync();
        Assert.True(page.Number("w") < double.Parse(width, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_click_opens_the_frame_of_the_right_film_at_the_right_time()
    {
        await using var page = await pages.OpenAsync("?layer=points-film");
        var number = pages.Map.Count / 2;
        var frame = pages.Map[number];
        await page.DisposeAsync();
        await using var near = await pages.OpenAsync(
            string.Create(CultureInfo.InvariantCulture, $"?layer=points-film&x={frame.X:R}&y={frame.Y:R}&w=0.01")
        );

        var box = (await near.Page.Locator("#map").BoundingBoxAsync())!;
        await near.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Assertions.Expect(near.Panel.Locator(".neighbours h3").First).ToBeVisibleAsync();

        var facts = await near.Panel.Locator(".facts").TextContentAsync();
        Assert.Contains(
            TimeSpan.FromSeconds(Math.Round(frame.Time, 3)).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
            facts,
            StringComparison.Ordinal
        );
        Assert.Contains(pages.Map.NameOf(frame.FilmIndex), facts, StringComparison.Ordinal);
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), near.Text("frame"));
        // Each with its film and time.
        await Assertions.Expect(near.Panel.Locator(".neighbours .grid button").First).ToBeVisibleAsync();
        var likes = await near.Panel.Locator(".neighbours .grid button").AllTextContentsAsync();
        Assert.InRange(likes.Count, 7, 9);
        Assert.All(likes, like => Assert.Matches(@"\.(mp4|webm)\d\d:\d\d\.\d{3}$", like));
        await Assertions.Expect(near.Panel.Locator(".matches li").First).ToBeVisibleAsync();
        await near.ScreenshotAsync("panel");
        await near.Panel.Locator(".play").ClickAsync();
        await near.Page.WaitForFunctionAsync(
            "time => { const { currentTime, played } = document.querySelector('video'); return currentTime > time && played.length > 0; }",
            frame.Time
        );
        // Where it began, however long ago that is.
        Assert.Equal(frame.Time, await near.Page.EvaluateAsync<double>("() => document.querySelector('video').played.start(0)"), 0.5);
        Assert.Empty(near.Faults);
    }

    [Fact]
    public async Task A_lasso_selects_frames_to_export()
    {
        await using var page = await pages.OpenAsync();
        await page.SettledAsync();
        await page.Page.Locator("#lasso").ClickAsync();
        await page.Page.Mouse.MoveAsync(400, 300);
        await page.Page.Mouse.DownAsync();
        foreach (var (x, y) in new[] { (800, 300), (800, 600), (400, 600), (400, 320) })
        {
            await page.Page.Mouse.MoveAsync(x, y, new() { Steps = 8 });
        }

        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToContainTextAsync("frames selected");
        var count = int.Parse(
            (await page.Panel.Locator("h2").TextContentAsync())!.Split(' ')[0],
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );
        var download = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Panel.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync()
        );
        using var reader = new StreamReader(await download.CreateReadStreamAsync());

        Assert.InRange(count, 5, pages.Map.Count / 2);
        Assert.Equal(count + 1, (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await page.ScreenshotAsync("lasso");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_link_restores_the_view()
    {
        await using var page = await pages.OpenAsync("?c=clips&x=0.3&y=0.6&w=0.2&n=6&layer=points-time&trust=1&frame=10");

        Assert.Equal((0.3, 0.6, 0.2), (page.Number("x"), page.Number("y"), page.Number("w")));
        await Assertions.Expect(page.Page.Locator("#layer")).ToHaveValueAsync("points-time");
        await Assertions.Expect(page.Page.Locator("#trust")).ToBeCheckedAsync();
        await Assertions.Expect(page.Panel).ToContainTextAsync(pages.Map.NameOf(pages.Map[10].FilmIndex));
        await page.ScreenshotAsync("link");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_film_is_found_by_name_and_shows_its_path()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("crys");
        await page.Panel.GetByText("crystal.mp4").ClickAsync();

        await Assertions.Expect(page.Page.Locator("#overlay .path")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("crystal.mp4");
        await page.ScreenshotAsync("path");
    }

    [Fact]
    public async Task Dark_mode_is_dark()
    {
        await using var page = await pages.OpenAsync("?layer=points-film", scheme: ColorScheme.Dark);

        Assert.Equal("rgb(22, 24, 28)", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        await page.ScreenshotAsync("dark");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_narrow_screen_holds_everything()
    {
        await using var page = await pages.OpenAsync("?frame=20", width: 375, height: 720, touch: true);

        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= 375"));
        await Assertions.Expect(page.Panel.Locator("img.large")).ToBeVisibleAsync();
        await page.ScreenshotAsync("narrow");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_large_screen_is_filled()
    {
        await using var page = await pages.OpenAsync(width: 3840, height: 2160);

        Assert.Equal(1, await page.CoveredAsync(), 0.01);
        await page.ScreenshotAsync("large");
    }

    [Fact]
    public async Task Everything_that_is_a_control_has_a_name()
    {
        await using var page = await pages.OpenAsync("?frame=20");

        var nameless = await page.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, select, input, a, img')]
              .filter(e => e.checkVisibility())
              .filter(e => !(e.getAttribute('aria-label') || e.title || e.textContent.trim() || e.labels?.length || e.alt))
              .filter(e => !(e.querySelector('img[alt]') || (e.localName === 'img' && e.hasAttribute('alt'))))
              .map(e => e.outerHTML)
            """
        );
        Assert.Empty(nameless);
    }
}
