using System.Net;
using System.Net.Http.Headers;

namespace OrleansAtlas.Tests;

/// <summary>Nobody without the key gets in.</summary>
public sealed class AccessGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_key_nothing_is_told_but_the_state()
    {
        await using var server = await GuardedServer.StartAsync();

        using var films = await server.Client.GetAsync("/films", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, films.StatusCode);
        Assert.Equal("Bearer", Assert.Single(films.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", films.Content.Headers.ContentType!.MediaType);
        using var nothing = await server.Client.GetAsync("/nothing", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, nothing.StatusCode);
        Assert.Equal("state", await server.Client.GetStringAsync("/health/ready", Cancel));
    }

    [Fact]
    public async Task Programs_give_the_key_as_a_bearer_token()
    {
        await using var server = await GuardedServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedServer.Key);

        Assert.Equal("films", await server.Client.GetStringAsync("/films", Cancel));
        Assert.Equal("all of it", await server.Client.GetStringAsync("/health/ready", Cancel));
    }

    [Fact]
    public async Task A_browser_signs_in_once_and_goes_on_where_it_was_going()
    {
        await using var server = await GuardedServer.StartAsync();
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/films?at=3") { Headers = { { "Accept", "text/html" } } };
        using var page = await server.Client.SendAsync(ask, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Contains("value=\"/films?at=3\"", await page.Content.ReadAsStringAsync(Cancel));

        using var signed = await SignInAsync(server, GuardedServer.Key, "/films?at=3");
        Assert.Equal((HttpStatusCode.Redirect, "/films?at=3"), (signed.StatusCode, signed.Headers.Location!.ToString()));
        var cookie = Assert.Single(signed.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain(GuardedServer.Key, cookie);
        Assert.Equal("films", await server.Client.GetStringAsync("/films", Cancel));

        server.Clock.Advance(TimeSpan.FromDays(8));
        using var later = await server.Client.GetAsync("/films", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task Signing_in_leads_to_no_other_server(string to)
    {
        await using var server = await GuardedServer.StartAsync();
        using var signed = await SignInAsync(server, GuardedServer.Key, to);
        Assert.Equal("/", signed.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("00")]
    [InlineData("zz")]
    [InlineData("0000000070dbd880000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_session_that_was_not_made_here_is_none(string session)
    {
        await using var server = await GuardedServer.StartAsync();
        server.Client.DefaultRequestHeaders.Add("Cookie", $"atlas-session={session}");
        using var answer = await server.Client.GetAsync("/films", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_waits_and_even_the_key_is_not_looked_at_until_then()
    {
        await using var server = await GuardedServer.StartAsync();
        for (var n = 0; n < 5; n++)
        {
            using var wrong = await SignInAsync(server, $"guess number {n}", "/");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var sixth = await SignInAsync(server, GuardedServer.Key, "/");
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.InRange(sixth.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        using var seventh = await SignInAsync(server, GuardedServer.Key, "/");
        Assert.Equal(HttpStatusCode.Redirect, seventh.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_not_read()
    {
        await using var server = await GuardedServer.StartAsync();
        using var answer = await SignInAsync(server, new string('k', 10_000), "/");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SignInAsync(GuardedServer server, string key, string to)
    {
        using var form = new FormUrlEncodedContent([new("key", key), new("to", to)]);
        return await server.Client.PostAsync("/sign-in", form, Cancel);
    }
}
