using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansAtlas.Access;

/// <summary>Stands before everything a server answers: asks for the key by cookie or bearer token, shows browsers a page to sign in on,
/// and keeps who guesses waiting.</summary>
public static partial class AccessGate
{
    private const string SignIn = "/sign-in";
    private const string Health = "/health";
    private const string Cookie = "atlas-session";
    private const string Bearer = "Bearer ";
    private const int LongestForm = 4096;

    /// <summary>Asks for the key before anything else; what is under <c>/health</c> tells its state to everybody.</summary>
    /// <param name="app">The server.</param>
    /// <param name="options">Who may ask.</param>
    public static void UseAccess(this WebApplication app, AccessOptions options)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Key is not { } key)
        {
            return;
        }

        var clock = app.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var (guesses, log) = (new GuessLimit(clock), app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AccessGate)));
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                if (request.Path.StartsWithSegments(Health, StringComparison.Ordinal) || Signed(request, key, clock))
                {
                    context.Items[typeof(AccessKey)] =
                        Signed(request, key, clock) || (guesses.Wait(From(context)) is null && key.Is(Given(request)));
                    await next();
                    return;
                }

                var given = Given(request);
                var from = From(context);
                if ((given is not null || request.Path == SignIn) && guesses.Wait(from) is { } wait)
                {
                    await LaterAsync(context, wait);
                }
                else if (key.Is(given))
                {
                    context.Items[typeof(AccessKey)] = true;
                    await next();
                }
                else if (given is not null)
                {
                    guesses.Count(from);
                    LogWrongKey(log, from);
                    await RefuseAsync(context);
                }
                else if (request.Path == SignIn && HttpMethods.IsPost(request.Method))
                {
                    await SignInAsync(context, key, clock, () => Wrong(from));
                }
                else
                {
                    await RefuseAsync(context);
                }
            }
        );

        void Wrong(IPAddress from)
        {
            guesses.Count(from);
            LogWrongKey(log, from);
        }
    }

    /// <summary>Whether who asks gave the key or, where none is asked for, is on this machine: details are for them.</summary>
    public static bool MayHearDetails(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(typeof(AccessKey), out var signed)
            ? signed is true
            : context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
    }

    private static IPAddress From(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private static bool Signed(HttpRequest request, AccessKey key, TimeProvider clock) =>
        key.IsSession(request.Cookies[Cookie], clock.GetUtcNow());

    private static string? Given(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    private static async Task SignInAsync(HttpContext context, AccessKey key, TimeProvider clock, Action wrong)
    {
        if (context.Request is not { HasFormContentType: true, ContentLength: <= LongestForm })
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!key.Is(form["key"]))
        {
            wrong();
            await PageAsync(context, form["to"].ToString(), "That is not the key.");
            return;
        }

        context.Response.Cookies.Append(
            Cookie,
            key.StartSession(clock.GetUtcNow()),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                Path = "/",
                MaxAge = TimeSpan.FromDays(7),
            }
        );

        // Only to a place on this server: two slashes would lead to another.
        var to = form["to"].ToString();
        context.Response.Redirect(to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\') ? to : "/");
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var wantsPage =
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (wantsPage)
        {
            var to = context.Request.Path == SignIn ? "/" : context.Request.Path + context.Request.QueryString;
            return PageAsync(context, to, null);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "A key is needed: Authorization: Bearer KEY, or sign in at /sign-in."
        );
    }

    private static Task LaterAsync(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return ProblemAsync(context, StatusCodes.Status429TooManyRequests, $"Too many wrong keys; try again in {seconds} s.");
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(context);

    private static Task PageAsync(HttpContext context, string to, string? problem)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

        // With none, a browser would say that the form comes from nowhere.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return context.Response.WriteAsync(SignInPage.Html(to, problem), Encoding.UTF8, context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Warning, "A wrong key came from {From}")]
    private static partial void LogWrongKey(ILogger log, IPAddress from);
}
