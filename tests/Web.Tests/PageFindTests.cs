using Microsoft.Playwright;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests;

/// <summary>Finding, filtering, playing and touching in the browser.</summary>
public sealed class PageFindTests(PageFixture pages) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dropped_picture_is_found_and_marked()
    {
        await using var page = await pages.OpenAsync();
        await TestStore.FfmpegAsync(
            Cancel,
            "-ss",
            "3",
            "-i",
            TestFiles.Shared("footage", "mdn-learning-area", "frog.mp4"),
            "-frames:v",
            "1",
            _folder["frog.jpg"]
        );

        await DropAsync(page, _folder["frog.jpg"], "image/jpeg");

        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Most like frog.jpg");
        await Assertions
            .Expect(page.Panel.Locator(".grid button").First)
            .ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("frog.mp4 at 00:00:0[23]"));
        await Assertions.Expect(page.Page.Locator("#overlay circle.mark")).ToHaveCountAsync(1);
        await page.ScreenshotAsync("drop-picture");
        var likes = await page.Panel.Locator(".grid button").AllTextContentsAsync();

        // The page is loaded again: the file is gone, what was found is not.
        await page.SettledAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Most like frog.jpg");
        Assert.Equal(likes, await page.Panel.Locator(".grid button").AllTextContentsAsync());
        await Assertions.Expect(page.Page.Locator("#overlay circle.mark")).ToHaveCountAsync(1);
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.querySelector('#panel img.large').naturalWidth > 100"));

        // And a frame that is opened from it leads back to it.
        await page.Panel.Locator(".grid button").First.ClickAsync();
        await Assertions.Expect(page.Panel.Locator(".timecode")).ToBeVisibleAsync();
        await page.Panel.GetByRole(AriaRole.Button, new() { Name = "Back to what was found" }).ClickAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Most like frog.jpg");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_dropped_clip_is_found_with_the_stretch_that_matches_and_leads_there()
    {
        await using var page = await pages.OpenAsync();
        await TestStore.FfmpegAsync(
            Cancel,
            "-ss",
            "2",
            "-t",
            "3",
            "-i",
            TestFiles.Shared("footage", "mdn-learning-area", "pig.mp4"),
            "-vf",
            "scale=320:-2",
            _folder["part.mp4"]
        );

        await DropAsync(page, _folder["part.mp4"], "video/mp4");
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Most like part.mp4");
        var best = page.Panel.Locator(".matches button").First;
        await Assertions.Expect(best).ToContainTextAsync("pig.mp4");
        await Assertions.Expect(best).ToContainTextAsync("0:02.");
        await Assertions.Expect(page.Page.Locator("#overlay .path")).ToHaveCountAsync(1);
        await page.ScreenshotAsync("drop-clip");

        // Loaded again: the picture that was kept is one of the clip's.
        await page.Page.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(key => key.startsWith('found '))");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Panel.Locator("img.large")).ToBeVisibleAsync();
        Assert.True(await BrightestAsync(page) > 100);
        await best.ClickAsync();

        await Assertions.Expect(page.Panel.Locator(".timecode")).ToContainTextAsync("00:00:02");
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("pig.mp4");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_file_can_be_chosen_instead_of_dropped_and_the_reason_is_said_where_it_is_not_found()
    {
        await using var page = await pages.OpenAsync();
        await File.WriteAllTextAsync(_folder["notes.png"], "no picture", Cancel);

        await page.Page.Locator("#file").SetInputFilesAsync(_folder["notes.png"]);

        await Assertions.Expect(page.Panel.Locator("[role=alert]")).ToContainTextAsync("notes.png");
    }

    [Fact]
    public async Task A_file_is_one_step_of_the_way_back_and_a_broken_one_none()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Locator("#search").FillAsync("bunny");
        await Assertions.Expect(page.Panel.Locator(".films li")).ToHaveCountAsync(1);
        await page.SettledAsync();
        var (entries, listed) = (await EntriesAsync(), page.Page.Url);
        await File.WriteAllTextAsync(_folder["notes.png"], "no picture", Cancel);
        await TestStore.FfmpegAsync(Cancel, "-f", "lavfi", "-i", "testsrc2=size=320x180", "-frames:v", "1", _folder["good.jpg"]);

        await page.Page.Locator("#file").SetInputFilesAsync(_folder["notes.png"]);
        await Assertions.Expect(page.Panel.Locator("[role=alert]")).ToContainTextAsync("notes.png");
        Assert.Equal((entries, listed), (await EntriesAsync(), page.Page.Url));
        await page.Panel.GetByRole(AriaRole.Button, new() { Name = "Back to what was open" }).ClickAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Films with “bunny”");
        Assert.Equal((entries, listed), (await EntriesAsync(), page.Page.Url));

        await page.Page.Locator("#file").SetInputFilesAsync(_folder["good.jpg"]);
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Most like good.jpg");
        await page.SettledAsync();
        Assert.Equal(entries + 1, await EntriesAsync());
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Films with “bunny”");

        Task<int> EntriesAsync() => page.Page.EvaluateAsync<int>("() => history.length");
    }

    [Fact]
    public async Task A_filter_of_films_and_days_leaves_what_was_asked_for()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Locator("#search").FillAsync("elf");
        await page.Panel.Locator("[aria-label='Only elf.mp4']").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync(" of ");
        await page.DrawnAsync();
        await page.ScreenshotAsync("filter");
        Assert.Single(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(page.Page.Url).Query)["film"]);

        await page.Page.Locator("#to").FillAsync("1990-01-01");
        await page.Page.Locator("#filter button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("No frame passes");
        await page.Page.Locator("#empty button").ClickAsync();

        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("8 films");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task What_is_new_since_a_day_is_left_and_the_address_keeps_the_day()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Locator("#filters").ClickAsync();
        await page.Page.Locator("#since-monday").ClickAsync();

        // All films of this store came just now.
        await Assertions.Expect(page.Page.Locator("#since-monday")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Page.Locator("#filter-films")).ToContainTextAsync("New since");
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("8 films");
        await page.DrawnAsync();
        await page.ScreenshotAsync("new-since");
        Assert.Matches("since=[0-9]{4}-[0-9]{2}-[0-9]{2}", page.Page.Url);

        await page.Page.Locator("#since").FillAsync("2999-01-01");
        await page.Page.Locator("#filter button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("new since");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("new since");
        await page.Page.Locator("#filter-films button").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("8 films");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task What_the_browser_does_not_play_is_transcoded_and_plays()
    {
        await using var page = await pages.OpenAsync();

        // As a browser without these codecs would.
        await page.Page.EvaluateAsync("() => { HTMLVideoElement.prototype.canPlayType = () => ''; }");
        await page.Page.Locator("#search").FillAsync("frog");
        await page.Panel.Locator(".films .name").ClickAsync();
        await page.Panel.Locator(".play").ClickAsync();

        await page.Page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.5");
        Assert.Contains(
            "/stretch?",
            await page.Page.EvaluateAsync<string>("() => document.querySelector('video').src"),
            StringComparison.Ordinal
        );
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Fingers_move_and_zoom_and_select()
    {
        await using var page = await pages.OpenAsync("?w=0.5", 800, 700, touch: true);
        var session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var (x, across, width) = (page.Number("x"), page.Text("x"), page.Text("w"));

        await SwipeAsync(Enumerable.Range(0, 11).Select(i => new[] { (500 - (20 * i), 400) }));
        await page.ChangesAsync("x", across);
        Assert.True(page.Number("x") > x);
        await SwipeAsync(Enumerable.Range(0, 11).Select(i => new[] { (350 - (10 * i), 400), (450 + (10 * i), 400) }));
        await page.ChangesAsync("w", width);
        Assert.True(page.Number("w") < 0.3);
        await page.Page.Locator("#lasso").TapAsync();
        await SwipeAsync([
            [(100, 200)],
            [(600, 220)],
            [(600, 600)],
            [(120, 600)],
        ]);

        await Assertions.Expect(page.Panel.Locator("h2")).ToContainTextAsync("selected");
        Assert.Empty(page.Faults);

        async Task SwipeAsync(IEnumerable<(int X, int Y)[]> steps)
        {
            var type = "touchStart";
            foreach (var step in steps)
            {
                await session.SendAsync(
                    "Input.dispatchTouchEvent",
                    new()
                    {
                        ["type"] = type,
                        ["touchPoints"] = step.Select(
                                (point, id) =>
                                    new
                                    {
                                        x = point.X,
                                        y = point.Y,
                                        id,
                                    }
                            )
                            .ToArray(),
                    }
                );
                type = "touchMove";
                await Task.Delay(16, Cancel);
            }

            await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        }
    }

    [Fact]
    public async Task No_WebGL_is_used()
    {
        await using var page = await pages.OpenAsync();

        Assert.True(
            await page.Page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('canvas')].every(canvas => canvas.getContext('2d') !== null)"
            )
        );
    }

    [Fact]
    public async Task Every_control_is_reached_by_the_keyboard()
    {
        await using var page = await pages.OpenAsync();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className"));
        }

        Assert.Superset(
            new HashSet<string>(
                [
                    "collection",
                    "search",
                    "file",
                    "layer",
                    "fewer",
                    "more",
                    "trust",
                    "rectangle",
                    "lasso",
                    "visible",
                    "filters",
                    "quality",
                    "openseadragon-canvas",
                    "in",
                    "out",
                    "home",
                ],
                StringComparer.Ordinal
            ),
            reached
        );
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The brightest green of the preview, 0 to 255.</summary>
    private static Task<int> BrightestAsync(MapPage page) =>
        page.Page.EvaluateAsync<int>(
            """
            async () => {
              const image = document.querySelector('#panel img.large');
              await image.decode();
              const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight), context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              let most = 0;
              for (let i = 1; i < data.length; i += 4) most = Math.max(most, data[i]);
              return most;
            }
            """
        );

    private static async Task DropAsync(MapPage page, string path, string type)
    {
        var transfer = await page.Page.EvaluateHandleAsync(
            """
            ([data, name, type]) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, { type }));
              return transfer;
            }
            """,
            new[] { Convert.ToBase64String(await File.ReadAllBytesAsync(path, Cancel)), Path.GetFileName(path), type }
        );
        await page.Page.DispatchEventAsync("body", "dragover", new { dataTransfer = transfer });
        await Assertions.Expect(page.Page.Locator("#drop")).ToBeVisibleAsync();
        await page.Page.DispatchEventAsync("body", "drop", new { dataTransfer = transfer });
    }
}
