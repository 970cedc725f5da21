using System.Net;
using OrleansAtlas.Access;

namespace OrleansAtlas.Silo;

/// <summary>Who may ask the silo's HTTP side. What silos and clients say to each other has ports of its own.</summary>
internal static partial class AccessHosting
{
    /// <summary>Puts the gate before what was and will be mapped.</summary>
    /// <exception cref="AccessException">The dashboard would be open to the network, or the key file cannot be used.</exception>
    public static void UseAccess(this WebApplication app)
    {
        var settings = app.Services.Settings();
        var addresses = Addresses(app).ToList();
        var reachable = addresses.Exists(address => !IPAddress.IsLoopback(address));
        if (settings is { KeyFile: null, NoAuth: false, Dashboard: false } && reachable)
        {
            // Probes of a cluster need no key, and there is nothing else.
            app.Use((context, next) => Health(context) ? next(context) : Closed(context));
            return;
        }

        var options = AccessOptions.Read(
            addresses,
            settings.KeyFile,
            settings.NoAuth,
            [],
            ($"--{SiloSettings.Section}:KeyFile FILE", $"--{SiloSettings.Section}:NoAuth true")
        );
        if (settings.NoAuth && reachable)
        {
            LogOpen(app.Logger);
        }

        app.UseAccess(options);
    }

    /// <summary>Where the HTTP side listens.</summary>
    public static string Urls(IConfiguration configuration) => configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5000";

    private static bool Health(HttpContext context) => context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static Task Closed(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    // A name that is no address, "*" or "+", is every address.
    private static IEnumerable<IPAddress> Addresses(WebApplication app)
    {
        var metrics = app.Services.Settings().MetricsPort;
        foreach (var url in Urls(app.Configuration).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var place = BindingAddress.Parse(url);
            if (metrics != 0 && place.Port == metrics)
            {
                continue; // It has nothing that a key would be asked for.
            }

            var host = place.Host.Trim('[', ']');
            yield return host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(host, out var address) ? address
            : IPAddress.Any;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The silo's HTTP side is open to all who reach it, as Atlas:NoAuth says")]
    private static partial void LogOpen(ILogger log);
}
