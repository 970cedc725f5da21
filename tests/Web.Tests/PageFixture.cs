using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.PageFixture))]

namespace OrleansAtlas.Tests;

/// <summary>A server over footage of ../shared and a headless Chromium, both real.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // Nothing here is timed: a machine that is busy with other things may take long to draw.
    private const float PatienceMilliseconds = 90_000;

    // A browser that finds no network must not look for one.
    private static readonly string[] Quiet =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-domain-reliability",
    ];

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    /// <summary>The map as it is in the store.</summary>
    internal AtlasMap Map { get; private set; } = null!;

    /// <summary>Where screenshots go, to be looked at.</summary>
    public static string Screenshots { get; } = Path.Combine(TestFiles.Repository, "artifacts", "test-results", "pages");

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        if (
            !File.Exists(Chromium)
            || !Path.Exists(Path.Combine(TestFiles.Repository, "..", "shared"))
            || typeof(WebMap).Assembly.GetManifestResourceInfo("page/page.js") is null
        )
        {
            return;
        }

        var store = await TestStore.IndexAsync(
            _folder["store"],
            3,
            [TestFiles.Shared("footage", "mdn-learning-area"), TestFiles.Shared("footage", "blender")],
            cancel
        );
        var collection = (await CollectionStore.OpenAsync(store, TestStore.Collection, cancel))!;
        Map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(cancel), cancel);
        _server = WebMap.Build(await TestStore.OptionsAsync(store, _folder["cache"], cancel));
        await _server.StartAsync(cancel);
        Address = WebMap.AddressOf(_server);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Quiet });
        Directory.CreateDirectory(Screenshots);
    }

    /// <summary>Opens the page and waits until the map is drawn.</summary>
    internal async Task<MapPage> OpenAsync(
        string query = "",
        int width = 1280,
        int height = 800,
        ColorScheme scheme = ColorScheme.Light,
        bool touch = false,
        float ratio = 1
    )
    {
        var page = await OpenAtAsync(Address, query, width, height, scheme, touch, ratio);
        await page.DrawnAsync();
        return page;
    }

    /// <summary>Opens the page of any server, and does not wait.</summary>
    internal async Task<MapPage> OpenAtAsync(
        string address,
        string query = "",
        int width = 1280,
        int height = 800,
        ColorScheme scheme = ColorScheme.Light,
        bool touch = false,
        float ratio = 1
    )
    {
        Assert.SkipWhen(_browser is null, "Chromium (Debian's package chromium), ../shared or the built page is not there");
        var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
                HasTouch = touch,
                DeviceScaleFactor = ratio,
            }
        );
        context.SetDefaultTimeout(PatienceMilliseconds);
        var page = new MapPage(await context.NewPageAsync(), address);
        await page.Page.GotoAsync(address + query);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
