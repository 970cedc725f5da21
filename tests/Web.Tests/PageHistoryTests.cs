using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrleansAtlas.Tests;

/// <summary>One state: what is open, where the map is, the address and the way back agree.</summary>
public sealed class PageHistoryTests(PageFixture pages)
{
    [Fact]
    public async Task Each_settled_action_is_one_entry_and_back_goes_where_one_came_from()
    {
        await using var page = await pages.OpenAsync();
        var (start, whole) = (await EntriesAsync(page), page.Text("w"));

        await page.TurnWheelAsync(8, -100);
        await page.ChangesAsync("w", whole);
        await page.SettledAsync();
        var zoomed = page.Page.Url;
        Assert.Equal(start + 1, await EntriesAsync(page));

        await page.Page.Mouse.ClickAsync(640, 420);
        await page.SettledAsync();
        Assert.NotEmpty(page.Text("frame"));
        Assert.Equal(start + 2, await EntriesAsync(page));
        var opened = page.Text("frame");
        await page.Panel.Locator(".neighbours .grid button").First.ClickAsync();
        await page.ChangesAsync("frame", opened);
        await page.SettledAsync();
        Assert.Equal(start + 3, await EntriesAsync(page));

        await page.Page.GoBackAsync();
        await page.Page.GoBackAsync();
        await page.Page.WaitForURLAsync(zoomed);
        await Assertions.Expect(page.Panel).ToBeHiddenAsync();
        await page.SettledAsync();
        Assert.Equal(zoomed, page.Page.Url);
        await page.Page.GoBackAsync();
        await page.SettledAsync();
        Assert.Equal(whole, page.Text("w"));
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData(1280, 800, "0.4")]
    [InlineData(390, 800, "0.15")]
    public async Task What_is_open_stays_in_view(int width, int height, string wide)
    {
        await using var page = await pages.OpenAsync($"?x=0.5&y=0.5&w={wide}", width, height);
        var map = (await page.Page.Locator("#map").BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(map.X + map.Width - 20, map.Y + map.Height - 30);
        await MarkIsInViewAsync(page);
        await page.ScreenshotAsync($"open-{width}");

        for (var i = 0; i < 3; i++)
        {
            var frame = page.Text("frame");
            await page.Panel.Locator(".neighbours .grid button").Nth(2 + i).ClickAsync();
            await page.ChangesAsync("frame", frame);
            await MarkIsInViewAsync(page);
        }

        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_reload_shows_as_many_pictures_as_before()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Mouse.ClickAsync(640, 420);
        await page.SettledAsync();
        Assert.NotEmpty(page.Text("frame"));
        var before = await LayersAsync(page);

        await page.Page.ReloadAsync();
        await page.DrawnAsync();
        await page.SettledAsync();

        Assert.Equal(before, await LayersAsync(page));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)] // longer than a frame lasts
    public async Task While_a_film_plays_time_strip_slider_address_and_mark_follow(int answerMilliseconds)
    {
        await using var page = await pages.OpenAsync("?layer=points-film");
        await page.Page.RouteAsync(
            new Regex(@"/frames/\d+$"),
            async route =>
            {
                await Task.Delay(answerMilliseconds, TestContext.Current.CancellationToken);
                await route.ContinueAsync();
            }
        );
        await page.Page.Locator("#search").FillAsync("bunny");
        await page.Panel.Locator(".films .name").ClickAsync();
        await page.Panel.Locator(".play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.5");
        await page.MarkedAsync();
        var (before, entries) = (await SeenAsync(page), await EntriesAsync(page));

        // However late the page is: all of it follows.
        await page.Page.WaitForFunctionAsync(
            $"before => !document.querySelector('video').paused && ({Seen})().every((seen, i) => seen !== before[i])",
            before
        );

        await page.Page.EvaluateAsync("() => document.querySelector('video').pause()");
        await page.SettledAsync();
        var after = await SeenAsync(page);
        Assert.Equal(entries, await EntriesAsync(page));
        var open = pages.Map[int.Parse(page.Text("frame"), CultureInfo.InvariantCulture)];
        Assert.Equal(open.Time, await page.Page.EvaluateAsync<double>("() => document.querySelector('video').currentTime"), 0.6);
        // To the millisecond, rounded either way.
        Assert.Equal(open.Time, TimeSpan.Parse(after[0], CultureInfo.InvariantCulture).TotalSeconds, 0.0011);

        // And the other way round.
        await page.Panel.Locator("input[type=range]").FillAsync("60");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 15");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_selection_survives_a_reload()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Locator("#lasso").ClickAsync();
        await page.Page.Mouse.MoveAsync(400, 300);
        await page.Page.Mouse.DownAsync();
        foreach (var (x, y) in new[] { (800, 300), (800, 600), (400, 600), (400, 320) })
        {
            await page.Page.Mouse.MoveAsync(x, y, new() { Steps = 20 });
        }

        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToContainTextAsync("frames selected");
        var title = await page.Panel.Locator("h2").TextContentAsync();
        await page.Panel.Locator(".frames button").Nth(3).ClickAsync();
        await Assertions.Expect(page.Panel.Locator(".timecode")).ToBeVisibleAsync();

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Panel.Locator(".timecode")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("#overlay .selection")).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync(title!);
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Panel).ToBeHiddenAsync();
        Assert.Empty(page.Faults);
    }

    // Time, frame of the strip, place of the slider, frame of the address, place of the mark.
    private const string Seen = """
        () => {
          const find = selector => document.querySelector(selector), mark = find('#overlay .mark');
          return [find('.timecode').textContent, find('.strip .current').title, find('#panel input[type=range]').value,
            new URLSearchParams(location.search).get('frame'), `${mark?.getAttribute('cx')} ${mark?.getAttribute('cy')}`];
        }
        """;

    private static Task<string[]> SeenAsync(MapPage page) => page.Page.EvaluateAsync<string[]>(Seen);

    /// <summary>Layers of the tiles that the page asked for since it was loaded.</summary>
    private static Task<string[]> LayersAsync(MapPage page) =>
        page.Page.EvaluateAsync<string[]>(
            "() => [...new Set(performance.getEntriesByType('resource').map(r => /tiles.(pictures.)/.exec(r.name)?.[1]).filter(Boolean))]"
        );

    private static Task<int> EntriesAsync(MapPage page) => page.Page.EvaluateAsync<int>("() => history.length");

    private static async Task MarkIsInViewAsync(MapPage page)
    {
        await page.MarkedAsync();
        await page.SettledAsync();
        await Assertions.Expect(page.Page.Locator("#overlay .mark")).ToHaveCountAsync(1);
        // Both at one moment: the mark is drawn anew while the map moves.
        var within = await page.Page.EvaluateAsync<double[]>(
            """
            () => {
              const [map, mark] = ['#map', '#overlay .mark'].map(selector => document.querySelector(selector).getBoundingClientRect());
              return [(mark.left + mark.width / 2 - map.left) / map.width, (mark.top + mark.height / 2 - map.top) / map.height];
            }
            """
        );
        Assert.All(within, share => Assert.InRange(share, 0, 1));
    }
}
