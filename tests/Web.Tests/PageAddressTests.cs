using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>Addresses that lead nowhere say so, and notices say what to do.</summary>
public sealed class PageAddressTests(PageFixture pages) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_collection_is_named_and_those_that_are_there_are_offered()
    {
        await using var page = await pages.OpenAtAsync(pages.Address, "?c=nothing");

        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("There is no collection ‘nothing’ here");
        await page.Page.Locator("#empty button").ClickAsync();
        await page.DrawnAsync();
        Assert.Equal("clips", page.Text("c"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task An_unknown_map_is_named_and_the_newest_is_offered()
    {
        await using var page = await pages.OpenAtAsync(pages.Address, "?c=clips&map=0123");

        await Assertions.Expect(page.Page.Locator("#empty")).ToContainTextAsync("clips has no map ‘0123’");
        await page.Page.Locator("#empty button").ClickAsync();
        await page.DrawnAsync();
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task What_an_address_asks_for_in_vain_is_said_and_the_rest_is_shown()
    {
        await using var page = await pages.OpenAsync("?layer=foo&x=7&frame=20");
        var notice = page.Page.Locator("#notice");

        await Assertions.Expect(notice).ToContainTextAsync("there is no layer foo; there are pictures, points-film");
        await Assertions.Expect(notice).ToContainTextAsync("x=7 is no number from 0 to 1");
        await Assertions.Expect(page.Panel.Locator(".timecode")).ToBeVisibleAsync();
        await page.ScreenshotAsync("notice");
        await notice.Locator("button").ClickAsync();
        await Assertions.Expect(notice).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_filter_for_what_there_is_not_is_said_and_left_out()
    {
        await using var page = await pages.OpenAsync("?film=nosuch&group=foo&group=99&from=2024-13-45");
        var notice = page.Page.Locator("#notice");

        foreach (var words in new[] { "no film ‘nosuch’", "no group ‘foo’", "no group ‘99’", "from=2024-13-45 is no day" })
        {
            await Assertions.Expect(notice).ToContainTextAsync(words);
        }

        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("8 films");
        await Assertions.Expect(page.Page.Locator("#empty")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_frame_that_is_not_there_is_said_in_the_panel()
    {
        await using var page = await pages.OpenAsync("?frame=999999");

        await Assertions.Expect(page.Panel).ToContainTextAsync("There is no frame 999999");
    }

    [Fact]
    public async Task Films_that_do_not_fit_the_map_are_told_with_what_to_do()
    {
        var film = Path.Combine(_folder["films"], "test.mp4");
        Directory.CreateDirectory(_folder["films"]);
        await TestStore.FfmpegAsync(Cancel, "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=4", "-pix_fmt", "yuv420p", film);
        var store = await TestStore.IndexAsync(_folder["store"], 5, [_folder["films"]], Cancel);
        var record = Directory.GetFiles(_folder["store"], "map.json", SearchOption.AllDirectories).Single();
        var map = JsonNode.Parse(await File.ReadAllTextAsync(record, Cancel))!;
        map["drift"] = 1.37;
        await File.WriteAllTextAsync(record, map.ToJsonString(), Cancel);
        await using var server = WebMap.Build(await TestStore.OptionsAsync(store, _folder["cache"], Cancel));
        await server.StartAsync(Cancel);

        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(server));
        var strap = page.Page.Locator("#drift");

        await Assertions.Expect(strap).ToContainTextAsync("Newer films do not fit this map well");
        await Assertions.Expect(strap.Locator("code")).ToHaveTextAsync("atlas train -c clips");
        await Assertions.Expect(strap).ToContainTextAsync("drift 1.37");
        await page.ScreenshotAsync("drift");
        await strap.Locator("button").ClickAsync();
        await Assertions.Expect(strap).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_seventh_tab_is_not_blocked_by_six_others()
    {
        await using var first = await pages.OpenAsync();
        for (var tab = 0; tab < 5; tab++)
        {
            await OpenTabAsync(first);
        }

        Assert.True(await OpenTabAsync(first));

        async Task<bool> OpenTabAsync(MapPage page)
        {
            var tab = await page.Page.Context.NewPageAsync();
            await tab.GotoAsync(pages.Address);
            await tab.WaitForFunctionAsync("() => document.querySelector('#map').dataset.drawn === 'true'");

            // Each asks how far indexing is, and is answered for good: what stays open would take one of six connections.
            await tab.WaitForFunctionAsync(
                "() => performance.getEntriesByType('resource').some(entry => entry.name.endsWith('/progress'))"
            );
            return true;
        }
    }

    public void Dispose() => _folder.Dispose();
}
