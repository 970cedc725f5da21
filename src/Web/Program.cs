using System.Globalization;
using System.Net;
using OrleansAtlas.Access;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Images;
using OrleansAtlas.Web;

// The web map on its own, without the other verbs of atlas: settings are --store, --address, --port, --metrics-port, --cache, --cluster,
// --key-file, --no-auth true and --hosts NAME,NAME or ATLAS_STORE, ATLAS_KEY_FILE and so on.
var settings = new ConfigurationBuilder().AddEnvironmentVariables("ATLAS_").AddCommandLine(args).Build();
try
{
    var address = IPAddress.TryParse(settings["address"] ?? "127.0.0.1", out var ip)
        ? ip
        : throw new AccessException($"--address '{settings["address"]}' is no IP address, such as 127.0.0.1.");
    var access = AccessOptions.Read(
        [address],
        Setting("key-file"),
        bool.TryParse(Setting("no-auth"), out var open) && open,
        (Setting("hosts") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ("--key-file FILE", "--no-auth true")
    );
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
            Cluster = Setting("cluster"),
            Address = address,
            Access = access,
            Port = int.Parse(settings["port"] ?? "5080", CultureInfo.InvariantCulture),
            MetricsPort = int.Parse(Setting("metrics-port") ?? "0", CultureInfo.InvariantCulture),
        },
        args
    );
    try
    {
        await app.StartAsync();
    }
    catch (IOException error)
    {
        throw new AccessException($"{address} cannot be listened on ({error.Message.TrimEnd('.')}); give another --port.", error);
    }

    await app.WaitForShutdownAsync();
    return 0;
}
catch (AtlasException error)
{
    await Console.Error.WriteLineAsync(PlainText.Escape(error.Message));
    return 2;
}

// A variable of the environment has underscores: ATLAS_KEY_FILE.
string? Setting(string name) => (settings[name] ?? settings[name.Replace('-', '_')]) is { Length: > 0 } value ? value : null;
