using System.IO.Compression;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using OrleansAtlas.Access;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Web.Announcements;
using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Progress;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web;

/// <summary>The web map: an API over the maps of a store, and a page that shows them.</summary>
public static partial class WebMap
{
    private const int LeastThreads = 16;

    /// <summary>For the program around a server: threads that wait for the disk must not keep others from answering, so the process's pool
    /// begins with 16 or more.</summary>
    public static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), ports);
    }

    /// <summary>Puts the server together; it listens once it is started.</summary>
    /// <param name="options">What it serves and where.</param>
    /// <param name="arguments">Settings of the host, as ASP.NET knows them.</param>
    public static WebApplication Build(WebMapOptions options, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder
            .Logging.ClearProviders()
            .AddPlainConsole(options.LogsMessagesAlone)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.RequestBytes;
            kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;
            kestrel.Listen(options.Address, options.Port);
            if (options.MetricsPort > 0)
            {
                kestrel.Listen(options.Address, options.MetricsPort);
            }
        });
        AddServices(builder.Services, options);
        var app = builder.Build();
        app.UseMetricsPort(options.MetricsPort);
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        var loopback = IPAddress.IsLoopback(options.Address);
        app.UseHostGate(options.Access, loopback);
        app.UseGuard();
        app.UseAccess(options.Access);
        if (!loopback && options.Access.Key is null)
        {
            LogOpen(app.Logger, options.Address);
        }

        app.UseBodyLimit(options.Limits);
        app.UseRateLimiter();
        app.MapOpenApi();
        app.MapPrometheusScrapingEndpoint();
        Health.Map(app);
        MapApi(app, options.Limits);
        Page.Map(app);
        return app;
    }

    private static void MapApi(WebApplication app, WebLimits limits)
    {
        var api = app.MapGroup("/api/v1/collections")
            .AddEndpointFilter<Refusing>()
            .AddEndpointFilter<PositiveLimit>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status500InternalServerError);
        CollectionsApi.Map(api);
        ProgressApi.Map(api);
        AnnouncedApi.Map(api);
        FilmsApi.Map(api);
        var map = api.MapGroup("/{collection}/maps/{version}");
        MapsApi.Map(map);
        TilesApi.Map(map);
        FramesApi.Map(map);
        SelectionsApi.Map(map);
        FindApi.Map(map, limits);
    }

    /// <summary>The address of a server that was started, for people.</summary>
    public static string AddressOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Urls.First();
    }

    [LoggerMessage(LogLevel.Warning, "Whoever reaches {Address} can see every map and film: no key is asked for")]
    private static partial void LogOpen(ILogger log, IPAddress address);

    private static void AddServices(IServiceCollection services, WebMapOptions options)
    {
        services.AddSingleton(options);
        services.AddWebMetrics();
        services.AddSingleton<OpenMaps>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ProgressLooks>();
        services.AddSingleton<FramePictures>();
        services.AddSingleton<PictureTiles>();
        services.AddSingleton<TileCache>();
        services.AddSingleton<Transcoder>();
        services.AddSingleton<MediaTypes>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<Finder>();
        services.AddSingleton<ClipFinder>();
        services.AddSingleton<ClusterEar>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterEar>());
        services.AddHostedService<WarmUp>();
        services.AddOpenApi(api => api.AddOperationTransformer<PathParameters>());
        services.AddResponseCompression(compression =>
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"]
        );
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Explain);

        // Else what cannot be read would be refused without a word.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddCrowding(options.Limits);
        services.AddExceptionHandler<Failures>();
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase))
        );
    }

    /// <summary>What goes wrong in the store is said in its own sentence.</summary>
    private sealed class Failures(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            // A body of no said length, cut off at the limit.
            if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0;
                await Problems.TooLong(most).ExecuteAsync(context);
                return true;
            }

            if (exception is BadHttpRequestException bad)
            {
                await Problems.Unread(bad).ExecuteAsync(context);
                return true;
            }

            if (exception is not AtlasException)
            {
                return false;
            }

            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return await problems.TryWriteAsync(
                new()
                {
                    HttpContext = context,
                    ProblemDetails = { Status = (int)HttpStatusCode.InternalServerError, Detail = exception.Message },
                }
            );
        }
    }
}
