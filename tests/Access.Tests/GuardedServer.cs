using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Access;

namespace OrleansAtlas.Tests;

/// <summary>A real server on loopback, with a key.</summary>
internal sealed class GuardedServer : IAsyncDisposable
{
    public const string Key = "correct-horse-battery-staple";

    private readonly WebApplication _app;

    private GuardedServer(WebApplication app, FakeTimeProvider clock)
    {
        (_app, Clock) = (app, clock);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public static async Task<GuardedServer> StartAsync()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseAccess(new AccessOptions { Key = new AccessKey(Key) });
        app.MapGet("/health/ready", (HttpContext context) => context.MayHearDetails() ? "all of it" : "state");
        app.MapGet("/films", () => "films");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GuardedServer(app, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
