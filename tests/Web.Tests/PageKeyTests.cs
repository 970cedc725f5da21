using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrleansAtlas.Tests;

/// <summary>The page by its keys, and what it says in words.</summary>
public sealed class PageKeyTests(PageFixture pages)
{
    [Fact]
    public async Task Keys_lead_to_the_next_frame_and_back_wherever_the_focus_is()
    {
        await using var page = await pages.OpenAsync("?frame=20");
        await Assertions.Expect(page.Panel.Locator(".strip .current")).ToBeVisibleAsync();
        var entries = await page.Page.EvaluateAsync<int>("() => history.length");

        // Steps that follow each other are one action; a busy machine does not part these.
        await page.Page.EvaluateAsync(
            "() => { for (const key of '...') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); }"
        );
        await page.ChangesAsync("frame", "20");
        await page.SettledAsync();
        Assert.Equal("23", page.Text("frame"));
        Assert.Equal(entries + 1, await page.Page.EvaluateAsync<int>("() => history.length"));

        await page.Page.Locator("#quality").FocusAsync();
        await page.Page.Keyboard.PressAsync(",");
        await page.ChangesAsync("frame", "23");
        Assert.Equal("22", page.Text("frame"));
    }

    [Fact]
    public async Task Escape_ends_what_was_begun_last_wherever_the_focus_is()
    {
        await using var page = await pages.OpenAsync("?films=&frame=20");
        await page.Page.Locator("#lasso").ClickAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("#hint")).ToBeHiddenAsync();
        await Assertions.Expect(page.Panel.Locator(".timecode")).ToBeVisibleAsync();

        await page.Page.Locator("#in").FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Films");
        await page.Page.Locator("#search").FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task One_Escape_ends_a_search_and_leaves_no_step_of_its_own()
    {
        await using var page = await pages.OpenAsync();
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("bunny");
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Films with “bunny”");
        var entries = await page.Page.EvaluateAsync<int>("() => history.length");

        await page.Page.Keyboard.PressAsync("Escape");
        await page.SettledAsync();

        await Assertions.Expect(page.Panel).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator("#search")).ToHaveValueAsync("");
        Assert.Equal(entries, await page.Page.EvaluateAsync<int>("() => history.length"));
        Assert.DoesNotContain("films=", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_question_mark_tells_the_keys()
    {
        await using var page = await pages.OpenAsync();

        await page.Page.Keyboard.PressAsync("?");

        await Assertions.Expect(page.Panel).ToContainTextAsync("the frame before, the next frame");
        await page.ScreenshotAsync("help");
    }

    [Fact]
    public async Task The_map_shows_that_it_has_the_focus()
    {
        await using var page = await pages.OpenAsync();

        await page.Page.Locator("#help").FocusAsync();
        await page.Page.Keyboard.PressAsync("Tab");

        Assert.Equal(
            "3px",
            await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('#map'), '::after').borderTopWidth")
        );
        await page.ScreenshotAsync("focus");
    }

    [Fact]
    public async Task All_films_are_listed_before_anything_is_typed()
    {
        await using var page = await pages.OpenAsync();

        await page.Page.Locator("#search").ClickAsync();
        await Assertions.Expect(page.Panel.Locator(".films li")).ToHaveCountAsync(8);
        await page.Page.Keyboard.TypeAsync("bunny");
        await Assertions.Expect(page.Panel.Locator(".films li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("Films with “bunny”");
    }

    [Fact]
    public async Task A_colour_of_the_legend_shows_only_its_films()
    {
        await using var page = await pages.OpenAsync("?layer=points-film");
        var colours = page.Page.Locator("#legend button");
        await Assertions.Expect(colours).ToHaveCountAsync(8);

        await colours.First.ClickAsync();
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync(" of ");
        await Assertions.Expect(colours.First).ToHaveAttributeAsync("aria-pressed", "true");
        await page.ScreenshotAsync("legend");
        await colours.First.ClickAsync();

        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("8 films");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Plain_words_come_first_and_figures_behind_them()
    {
        await using var page = await pages.OpenAsync("?frame=20");
        await Assertions.Expect(page.Panel.Locator(".fit summary")).ToHaveTextAsync(new Regex("^Its place on the map: (good|fair|poor)$"));
        await page.Panel.Locator(".fit summary").ClickAsync();
        await Assertions
            .Expect(page.Panel.Locator(".fit"))
            .ToContainTextAsync(new Regex(@"\d of the 9 frames most like it .* Figure: \d\.\d\d of 1"));

        await page.Page.Locator("#quality").ClickAsync();
        await Assertions.Expect(page.Panel).ToContainTextAsync(new Regex("(Good|Fair|Poor): of the 10 frames most like a frame"));
        await Assertions.Expect(page.Panel.GetByText("Trustworthiness")).ToBeHiddenAsync();
        await page.Panel.GetByText("All figures").ClickAsync();
        await Assertions.Expect(page.Panel.GetByText("Trustworthiness")).ToBeVisibleAsync();
    }
}
