using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace OrleansAtlas.Web;

/// <summary>Keeps what is done at once, and what is taken in, within <see cref="WebLimits"/>.</summary>
internal static class Crowding
{
    /// <summary>Uploads.</summary>
    public const string Uploads = "uploads";

    /// <summary>Films that are sent as they are.</summary>
    public const string Sources = "sources";

    /// <summary>Stretches of films that are sent.</summary>
    public const string Stretches = "stretches";

    // About as long as a transcode or a search takes.
    private const int RetrySeconds = 5;

    public static void AddCrowding(this IServiceCollection services, WebLimits limits) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.OnRejected = async (rejected, _) => await Problems.Busy(rejected.HttpContext).ExecuteAsync(rejected.HttpContext);

            // What sends films takes as long as somebody watches: it has limits of its own.
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(context =>
                context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
                    ? RateLimitPartition.GetConcurrencyLimiter(true, _ => Queue(limits.Requests, limits.RequestsWaiting))
                    : RateLimitPartition.GetNoLimiter(false)
            );
            limiter.AddPolicy(
                Uploads,
                _ => RateLimitPartition.GetConcurrencyLimiter(Uploads, _ => Queue(limits.Uploads, limits.UploadsWaiting))
            );
            limiter.AddPolicy(Sources, _ => RateLimitPartition.GetConcurrencyLimiter(Sources, _ => Queue(limits.Sources, 0)));
            limiter.AddPolicy(Stretches, _ => RateLimitPartition.GetConcurrencyLimiter(Stretches, _ => Queue(limits.Stretches, 0)));
        });

    /// <summary>Answers 413 to who says that a body is longer than its endpoint takes, before a byte of it is read; one whose length is not
    /// said is cut off there by the server.</summary>
    public static void UseBodyLimit(this WebApplication app, WebLimits limits) =>
        app.Use(
            (context, next) =>
            {
                var most =
                    context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? limits.RequestBytes;
                if (!(context.Request.ContentLength > most))
                {
                    return next(context);
                }

                context.Response.Headers.Connection = "close";
                return Problems.TooLong(most).ExecuteAsync(context);
            }
        );

    /// <summary>Says when to come again.</summary>
    public static void SayWhen(HttpContext context) =>
        context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);

    private static ConcurrencyLimiterOptions Queue(int permits, int waiting) =>
        new()
        {
            PermitLimit = permits,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
}
