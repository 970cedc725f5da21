using System.Net;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

// The web map on its own, as its container runs it: settings are --store, --address, --port and --cache or ATLAS_STORE and so on.
var settings = new ConfigurationBuilder().AddEnvironmentVariables("ATLAS_").AddCommandLine(args).Build();
if (!VipsLibrary.TryLoad(out var reason))
{
    await Console.Error.WriteLineAsync(reason);
    return 2;
}

var ffmpeg = await FfmpegTools.FindAsync(CancellationToken.None);
await using var app = WebMap.Build(
    new WebMapOptions
    {
        Store = LocalStore.Open(settings["store"] ?? ".", write: false),
        Images = new VipsImageCodec(),
        Ffmpeg = (ffmpeg as FfmpegLookup.Found)?.Tools,
        CacheFolder = settings["cache"] is { Length: > 0 } cache ? Path.Combine(cache, "tiles") : WebMapOptions.DefaultCacheFolder,
        Address = IPAddress.Parse(settings["address"] ?? "127.0.0.1"),
        Port = int.Parse(settings["port"] ?? "5080", System.Globalization.CultureInfo.InvariantCulture),
    },
    args
);
await app.RunAsync();
return 0;
