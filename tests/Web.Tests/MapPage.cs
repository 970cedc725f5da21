using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using OrleansAtlas.Web;
using Asked = Microsoft.Playwright.IRequest;

namespace OrleansAtlas.Tests;

/// <summary>A page that is open, and everything it should not have done.</summary>
internal sealed class MapPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];
    private readonly ConcurrentDictionary<Asked, string> _asked = new();

    public MapPage(IPage page, string address)
    {
        Page = page;
        page.Request += (_, request) => Ask(request);
        page.RequestFinished += (_, request) => _asked.Remove(request, out var _);
        page.RequestFailed += (_, request) => _asked.Remove(request, out var _);
        // The map says so of a tile that comes after the map was exchanged, which it rightly leaves out: on a busy machine some do.
        page.Console += (_, message) =>
            Note(
                message.Type is "error" or "warning" && !message.Text.StartsWith("Ignoring tile", StringComparison.Ordinal),
                $"console: {message.Text}"
            );
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) =>
            Note(
                !request.Url.StartsWith(address, StringComparison.Ordinal)
                    && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
                    && !request.Url.StartsWith("data:", StringComparison.Ordinal),
                $"asked another host: {request.Url}"
            );
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    public ILocator Panel => Page.Locator("#panel");

    /// <summary>Errors, warnings, refused requests and requests to other hosts so far.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>A number of the address.</summary>
    public double Number(string name) => double.Parse(Text(name), CultureInfo.InvariantCulture);

    public string Text(string name) => QueryHelpers.ParseQuery(new Uri(Page.Url).Query)[name].ToString();

    /// <summary>Waits until no tile is missing and nothing moves.</summary>
    public async Task DrawnAsync()
    {
        await Page.WaitForFunctionAsync("() => new URLSearchParams(location.search).has('w')");
        await Page.WaitForLoadStateAsync(LoadState.Load);
        await Page.WaitForFunctionAsync("() => document.querySelector('#map').dataset.drawn === 'true'");
    }

    /// <summary>Waits until the address holds something else than before.</summary>
    public async Task ChangesAsync(string name, string before) =>
        await Page.WaitForFunctionAsync(
            "([name, before]) => new URLSearchParams(location.search).get(name) !== before",
            new[] { name, before }
        );

    /// <summary>Waits until the page has been at rest, its address and its map, for as long as it takes to write an address, and no
    /// answer to what it asked for is to come.</summary>
    public async Task SettledAsync()
    {
        for (var looks = 0; looks == 0 || !_asked.IsEmpty; looks++)
        {
            Assert.True(looks < 90, $"still asked for: {string.Join(", ", _asked.Values)}");

            // Frames are counted too: on a busy machine one frame may take longer than the rest.
            await Page.EvaluateAsync(
                """
                () => new Promise(done => {
                  let [last, since, frames] = ['', performance.now(), 0];
                  const look = now => {
                    const mark = document.querySelector('#overlay .mark');
                    const seen = location.href + document.querySelector('#map').dataset.drawn + (mark?.outerHTML ?? '');
                    if (seen !== last) [last, since, frames] = [seen, now, 0];
                    if (now - since > 1000 && ++frames > 10) done(); else requestAnimationFrame(look);
                  };
                  requestAnimationFrame(look);
                })
                """
            );
        }
    }

    /// <summary>Turns the wheel over the middle of the map, so fast that it is one action however busy the machine is.</summary>
    public async Task TurnWheelAsync(int times, double by) =>
        await Page.EvaluateAsync(
            """
            ([times, deltaY]) => {
              const canvas = document.querySelector('#map .openseadragon-canvas'), box = canvas.getBoundingClientRect();
              const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
              for (let i = 0; i < times; i++)
                canvas.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX, clientY, bubbles: true, cancelable: true }));
            }
            """,
            new[] { times, by }
        );

    /// <summary>Waits until what is open has its mark on the map.</summary>
    public async Task MarkedAsync() =>
        await Page.WaitForFunctionAsync("() => document.querySelector('#overlay .mark')?.getBoundingClientRect().width > 0");

    /// <summary>Share of the pixels in the middle of the map that are not the ground's colour.</summary>
    public async Task<double> CoveredAsync() =>
        await Page.EvaluateAsync<double>(
            """
            () => {
              const canvas = document.querySelector('#map canvas');
              const [width, height] = [canvas.width / 2, canvas.height / 2];
              const { data } = canvas.getContext('2d').getImageData(width / 2, height / 2, width, height);
              let covered = 0;
              for (let i = 3; i < data.length; i += 4) covered += data[i] > 0;
              return covered / (data.length / 4);
            }
            """
        );

    public Task ScreenshotAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(PageFixture.Screenshots, name + ".png") });

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    // Asked for once and answered once; news of the collection are asked for again and again.
    private void Ask(Asked request)
    {
        if (request.ResourceType is "fetch" or "xhr" && !request.Url.EndsWith("/announced", StringComparison.Ordinal))
        {
            _asked[request] = request.Url;
        }
    }

    private void Note(bool fault, string text)
    {
        if (fault)
        {
            lock (_faults)
            {
                _faults.Add(text);
            }
        }
    }
}
