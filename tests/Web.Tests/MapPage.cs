using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>A page that is open, and everything it should not have done.</summary>
internal sealed class MapPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    public MapPage(IPage page, string address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
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

    /// <summary>Waits until the page has been at rest, its address and its map, for as long as it takes to write an address.</summary>
    public async Task SettledAsync() =>
        await Page.EvaluateAsync(
            """
            () => new Promise(done => {
              let [last, since] = ['', performance.now()];
              const look = now => {
                const mark = document.querySelector('#overlay .mark');
                const seen = location.href + document.querySelector('#map').dataset.drawn + (mark?.outerHTML ?? '');
                if (seen !== last) [last, since] = [seen, now];
                if (now - since > 1000) done(); else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            })
            """
        );

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
