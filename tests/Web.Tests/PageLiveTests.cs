using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>The page while another part of the program indexes.</summary>
public sealed class PageLiveTests(PageFixture pages) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder["first"]);
        Directory.CreateDirectory(_folder["second"]);
        await TestStore.FfmpegAsync(
            Cancel,
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25",
            "-t",
            "8",
            "-pix_fmt",
            "yuv420p",
            _folder["first", "test.mp4"]
        );
        await TestStore.FfmpegAsync(
            Cancel,
            "-f",
            "lavfi",
            "-i",
            "mandelbrot=size=320x180:rate=25",
            "-t",
            "4",
            "-pix_fmt",
            "yuv420p",
            _folder["second", "more.mp4"]
        );
        await File.WriteAllBytesAsync(
            _folder["first", "broken.mp4"],
            (await File.ReadAllBytesAsync(_folder["first", "test.mp4"], Cancel))[..2000],
            Cancel
        );
        _server = WebMap.Build(await TestStore.OptionsAsync(LocalStore.Open(_folder["store"], write: true), _folder["cache"], Cancel));
        await _server.StartAsync(Cancel);
    }

    [Fact]
    public async Task A_map_that_a_cluster_announces_is_offered_before_the_next_look()
    {
        await TestStore.IndexAsync(_folder["store"], 5, [_folder["first"]], Cancel);
        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(_server));
        await page.DrawnAsync();
        var looks = 0;
        await page.Page.RouteAsync(
            "**/progress",
            async route =>
            {
                looks++;
                await route.ContinueAsync();
            }
        );
        var announced = page.Text("map");
        var asked = 0;
        await page.Page.RouteAsync(
            "**/announced",
            async route =>
            {
                asked++;
                await route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"version":"{{announced}}"}""" });
            }
        );

        // It was told once that there is no cluster, and does not ask again; a page that is opened again does.
        await page.Page.ReloadAsync();
        await page.DrawnAsync();
        await UntilAsync(() => looks > 0 && asked > 1);
        var offer = page.Page.Locator("#news").GetByRole(AriaRole.Button, new() { Name = "A newer map is there: show it" });
        await Assertions.Expect(offer).ToBeHiddenAsync();
        var before = looks;

        announced = "0123456789abcdef";
        await Assertions.Expect(offer).ToBeVisibleAsync();
        Assert.InRange(looks, before, before + 1);
        await page.ScreenshotAsync("announced");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    [Fact]
    public async Task A_map_appears_when_it_is_made_failures_have_reasons_and_a_newer_map_is_offered()
    {
        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(_server));
        var news = page.Page.Locator("#news");
        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("There is no collection yet");

        await TestStore.IndexAsync(_folder["store"], 5, [_folder["first"]], Cancel);
        await page.DrawnAsync();
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("40 frames");
        await news.Locator("summary").ClickAsync();
        await Assertions.Expect(news).ToContainTextAsync("broken.mp4 is named like a film but cannot be opened as one");
        await page.ScreenshotAsync("failed");

        await TestStore.IndexAsync(_folder["store"], 5, [_folder["second"]], Cancel, shards: 2);
        await Assertions.Expect(news).ToContainTextAsync("20 frames described and not on a map yet");

        var map = page.Text("map");
        await TestStore.IndexAsync(_folder["store"], 5, [_folder["second"]], Cancel);
        var offer = news.GetByRole(AriaRole.Button, new() { Name = "A newer map is there: show it" });
        await Assertions.Expect(offer).ToBeVisibleAsync();
        Assert.Equal(map, page.Text("map"));
        await page.ScreenshotAsync("newer");
        await offer.ClickAsync();

        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("60 frames");
        await Assertions.Expect(offer).ToBeHiddenAsync();
        await Assertions.Expect(news).Not.ToContainTextAsync("not on a map yet");
        await news.GetByRole(AriaRole.Button, new() { Name = "Hide what failed" }).ClickAsync();
        await Assertions.Expect(news).ToBeHiddenAsync();

        var versions = page.Page.Locator("#version");
        await Assertions
            .Expect(versions.Locator("option"))
            .ToHaveTextAsync([new Regex("^Newest map of .* 60 frames$"), new Regex("^Map of .* 40 frames$")]);
        await versions.SelectOptionAsync(map);
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("40 frames");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Damaged_and_gone_films_are_in_the_strap_with_their_reason()
    {
        var store = await TestStore.IndexAsync(_folder["store"], 5, [_folder["first", "test.mp4"], _folder["second"]], Cancel);
        var collection = (await CollectionStore.OpenAsync(store, TestStore.Collection, Cancel))!;
        await foreach (var film in collection.VideosAsync(Cancel))
        {
            var damage = new FilmDamage($"{film.Name} is damaged: 3 of 40 samples are missing.", new string('0', 64));
            if (film.Name == "test.mp4")
            {
                await collection.UpdateVideoAsync(film.Id, record => record! with { Damage = damage }, Cancel);
            }
        }

        File.Delete(_folder["second", "more.mp4"]);
        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(_server));
        await page.DrawnAsync();

        var news = page.Page.Locator("#news");
        await Assertions.Expect(news.Locator("summary")).ToHaveTextAsync("1 film damaged, 1 film gone");
        await news.Locator("summary").ClickAsync();
        await Assertions.Expect(news).ToContainTextAsync("3 of 40 samples are missing");
        await Assertions.Expect(news).ToContainTextAsync("more.mp4: Its file is not where it was indexed");
        await page.ScreenshotAsync("damaged");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
