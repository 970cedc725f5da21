using System.CommandLine;
using System.Net;
using OrleansAtlas.Access;
using OrleansAtlas.Web;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas serve</c>: the web map, until Ctrl-C.</summary>
internal static class ServeVerb
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port to listen on; 0 takes a free one. Default: 5080",
        HelpName = "PORT",
        DefaultValueFactory = _ => 5080,
    };
    private static readonly Option<int> MetricsPort = new("--metrics-port")
    {
        Description = "Port of its own for /metrics, without a key; 0 for none: then it is beside the map, behind the key. Default: 0",
        HelpName = "PORT",
        DefaultValueFactory = _ => 0,
    };
    private static readonly Option<string> Address = new("--address")
    {
        Description = "Address to listen on. Default: 127.0.0.1; any other needs --key-file or --no-auth.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "File whose first line is the key that is asked for: 16 characters or more, as openssl rand -hex 32 makes them.",
        HelpName = "FILE",
    };
    private static readonly Option<bool> NoAuth = new("--no-auth")
    {
        Description = "Ask nobody for a key: whoever reaches the address sees every map and film.",
    };
    private static readonly Option<string[]> Host = new("--host")
    {
        Description = "Name that browsers reach the map by, such as atlas.example.org; may be given again.",
        HelpName = "NAME",
    };
    private static readonly Option<string?> Model = new("--model")
    {
        Description =
            "ONNX file of the model that described the frames, where this machine does not know it: dropped pictures and clips "
            + "are described with it.",
        HelpName = "NAME|FILE",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Show the maps of the store in a browser, until Ctrl-C.")
        {
            Port,
            MetricsPort,
            Address,
            KeyFile,
            NoAuth,
            Host,
            Model,
            ClusterOption.Cluster,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var address = IPAddress.TryParse(result.GetValue(Address), out var ip)
            ? ip
            : throw new UsageException($"--address '{result.GetValue(Address)}' is no IP address, such as 127.0.0.1.");
        var access = AccessOptions.Read(
            [address],
            result.GetValue(KeyFile),
            result.GetValue(NoAuth),
            result.GetValue(Host) ?? [],
            ("--key-file FILE", "--no-auth")
        );
        var store = call.OpenComingStore();
        await using var atlas = await call.OpenAtlasAsync(store, cancellationToken, result.GetValue(Model));
        var options = new WebMapOptions
        {
            Store = store,
            Images = Pictures.Codec,
            Work = atlas.WorkOrNull,
            Cluster = ClusterOption.AddressOf(result),
            CacheFolder = WebMapOptions.DefaultCacheFolder,
            Address = address,
            Access = access,
            LogsMessagesAlone = true,
            Port = PortOf(result, Port),
            MetricsPort = PortOf(result, MetricsPort),
        };
        WebMap.ReserveThreads();
        await using var app = WebMap.Build(options);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException error)
        {
            throw new UsageException(
                $"Port {options.Port} cannot be listened on ({error.Message.TrimEnd('.')}); give another with --port, or 0 for a free one."
            );
        }

        call.Answer.Write(
            new { address = WebMap.AddressOf(app) },
            writer => writer.WriteLine($"The map is at {WebMap.AddressOf(app)} (Ctrl-C stops)")
        );
        await Console.Out.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await app.StopAsync(limit.Token);
        }

        return ExitCode.Done;
    }

    private static int PortOf(ParseResult result, Option<int> option) =>
        result.GetValue(option) is >= 0 and <= 65535 and var port
            ? port
            : throw new UsageException($"{option.Name} {result.GetValue(option)} is not from 0 to 65535.");
}
