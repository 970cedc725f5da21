using System.Globalization;
using System.Net;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Images;
using OrleansAtlas.Web;

// The web map on its own, as its container runs it: settings are --store, --address, --port and --cache or ATLAS_STORE and so on.
var settings = new ConfigurationBuilder().AddEnvironmentVariables("ATLAS_").AddCommandLine(args).Build();
try
{
    var store = Stores.Open(settings["store"] ?? ".", write: false);
    await using var atlas = await Atlas.OpenAsync(new ServiceCollection().AddSingleton(store));
    WebMap.ReserveThreads();
    await using var app = WebMap.Build(
        new WebMapOptions
        {
            Store = store,
            Images = new VipsImageCodec(),
            Work = atlas.WorkOrNull,
            CacheFolder = settings["cache"] is { Length: > 0 } cache ? cache : WebMapOptions.DefaultCacheFolder,
            Address = IPAddress.Parse(settings["address"] ?? "127.0.0.1"),
            Port = int.Parse(settings["port"] ?? "5080", CultureInfo.InvariantCulture),
        },
        args
    );
    await app.RunAsync();
    return 0;
}
catch (AtlasException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}
