using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansAtlas.Access;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>The page of a server that asks for a key, in a real browser.</summary>
public sealed class PageSignInTests(PageFixture pages, ApiFixture api) : IAsyncLifetime
{
    private const string Key = "correct-horse-battery-staple";
    private static readonly string Axe = Path.Combine(TestFiles.Repository, "src", "Web", "page", "node_modules", "axe-core", "axe.min.js");

    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["key"], Key, Cancel);
        _server = WebMap.Build(
            (await TestStore.OptionsAsync(api.Store, _folder["cache"], Cancel)) with
            {
                Access = AccessOptions.Read([IPAddress.Loopback], _folder["key"], false, ["atlas.example"], ("", "")),
                WarmsUp = false,
            }
        );
        await _server.StartAsync(Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_signs_in_and_is_where_they_were_going(ColorScheme scheme)
    {
        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(_server), "/?layer=points-film", scheme: scheme);
        var key = page.Page.GetByLabel("The key of this server");
        await Assertions.Expect(key).ToBeFocusedAsync();
        await page.ScreenshotAsync($"sign-in-{scheme}".ToLowerInvariant());
        Assert.Empty(await AxeAsync(page));

        await key.FillAsync("not that key at all");
        await key.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the key.");
        await page.ScreenshotAsync($"sign-in-wrong-{scheme}".ToLowerInvariant());
        Assert.Empty(await AxeAsync(page));

        await key.FillAsync(Key);
        await key.PressAsync("Enter");
        await page.DrawnAsync();
        Assert.Equal("points-film", page.Text("layer"));
        await Assertions.Expect(page.Page.Locator("#summary")).ToContainTextAsync("121 frames");

        // The two pages that asked for the key are all that was refused.
        Assert.All(page.Faults, fault => Assert.Contains("401", fault, StringComparison.Ordinal));
        Assert.Equal(4, page.Faults.Count);
    }

    [Fact]
    public async Task A_page_whose_session_ended_asks_for_the_key_again()
    {
        await using var page = await pages.OpenAtAsync(WebMap.AddressOf(_server));
        await page.Page.GetByLabel("The key of this server").FillAsync(Key);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.DrawnAsync();

        await page.Page.Context.ClearCookiesAsync();

        // A picture that the page still asked for may have led to the key already: then there is nothing left to type into.
        var typing = page.Page.Locator("#search").FillAsync("test");
        await Assertions.Expect(page.Page.GetByLabel("The key of this server")).ToBeVisibleAsync();
        await page.Page.CloseAsync();
        await Record.ExceptionAsync(() => typing);
    }

    [Fact]
    public async Task Programs_give_the_key_and_nobody_else_sees_anything()
    {
        using var client = new HttpClient { BaseAddress = new Uri(WebMap.AddressOf(_server)) };
        foreach (var path in (string[])["/", "/page.js", "/openapi/v1.json", "/api/v1/collections", $"{api.Map}/frames/0/picture"])
        {
            using var refused = await client.GetAsync(path, Cancel);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, refused.StatusCode));
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var answer = await client.GetAsync("/api/v1/collections", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    [Theory]
    [InlineData("atlas.example", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("films.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_names_of_the_server_are_answered(string host, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = new Uri(WebMap.AddressOf(_server)) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collections") { Headers = { Host = host } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var answer = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<IEnumerable<string?>> AxeAsync(MapPage page)
    {
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe, Cancel));
        var found = await page.Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)"
        );
        return found.EnumerateArray().Select(violation => violation.GetString());
    }
}
