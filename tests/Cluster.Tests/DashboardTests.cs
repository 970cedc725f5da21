using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>Orleans' dashboard, at a silo that is asked for it and at none else.</summary>
public sealed class DashboardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_silos_the_one_that_was_asked_to_has_the_dashboard()
    {
        await using var with = SiloProcess.StartFirst(_folder["store"], "--Atlas:Dashboard", "true");
        await with.ReadyAsync();
        await using var without = with.StartAnother(_folder["store"]);
        await without.ReadyAsync();

        using var page = await with.GetAsync("/dashboard");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<title>Orleans Dashboard</title>", await page.Content.ReadAsStringAsync());
        using var counters = await with.GetAsync("/dashboard/DashboardCounters");
        Assert.Equal(2, (await counters.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("totalActiveHostCount").GetInt32());
        using var log = await with.GetAsync("/dashboard/Trace");
        Assert.Equal(HttpStatusCode.Forbidden, log.StatusCode);

        using var none = await without.GetAsync("/dashboard");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("2 silos", await with.HealthAsync("ready"));
        Assert.Contains("2 silos", await without.HealthAsync("ready"));
    }
}
