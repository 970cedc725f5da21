using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansAtlas.Tests;

/// <summary>What axe-core finds to be out of reach for somebody.</summary>
public sealed class PageAccessTests(PageFixture pages)
{
    private static readonly string Axe = Path.Combine(TestFiles.Repository, "src", "Web", "page", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData("", ColorScheme.Light, 1280)]
    [InlineData("?frame=20", ColorScheme.Light, 1280)]
    [InlineData("?frame=20", ColorScheme.Dark, 1280)]
    [InlineData("?frame=20&films=", ColorScheme.Light, 390)]
    [InlineData("?films=&layer=points-film&group=1", ColorScheme.Dark, 1280)]
    [InlineData("?layer=points-film&panel=help&trust=1", ColorScheme.Light, 1280)]
    [InlineData("?since=2020-05-31", ColorScheme.Light, 1280)]
    [InlineData("?since=2020-05-31", ColorScheme.Dark, 390)]
    [InlineData("?panel=quality&layer=foo", ColorScheme.Dark, 1280)]
    [InlineData("?sel=0_0_1_0_1_1_0_1", ColorScheme.Light, 1280)]
    public async Task Axe_finds_nothing(string query, ColorScheme scheme, int width)
    {
        await using var page = await pages.OpenAsync(query, width, scheme: scheme);
        if (query.Contains("frame", StringComparison.Ordinal))
        {
            await Assertions.Expect(page.Panel.Locator(".matches li").First).ToBeVisibleAsync();
            await page.Panel.Locator(".fit summary").ClickAsync();
            await Assertions.Expect(page.Panel.Locator(".fit .grid")).ToHaveCountAsync(2);
        }

        await page.SettledAsync();
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken));
        var found = await page.Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)"
        );

        Assert.Empty(found.EnumerateArray().Select(violation => violation.GetString()));
    }
}
