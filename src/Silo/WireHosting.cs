using Orleans.Configuration;
using OrleansAtlas.Contracts.Wires;

namespace OrleansAtlas.Silo;

// Why: docs/decisions/wires.md
/// <summary>Wires between silos and to gateways: TLS where certificates are named, else plain, which is said at every start.</summary>
internal static partial class WireHosting
{
    /// <summary>Has wires of both directions asked for certificates.</summary>
    public static void AddWires(this ISiloBuilder silo) =>
        silo
            .Services.AddOptions<SiloConnectionOptions>()
            .Configure<IServiceProvider>(
                (options, services) =>
                {
                    if (services.Settings().Tls.Files() is not { } files)
                    {
                        return;
                    }

                    var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WireHosting));
                    var certificates = new WireCertificates(files, sentence => LogRefused(log, sentence));
                    options.ConfigureSiloInboundConnection(wire => wire.UseServerTls(certificates.ForServer()));
                    options.ConfigureGatewayInboundConnection(wire => wire.UseServerTls(certificates.ForServer()));
                    options.ConfigureSiloOutboundConnection(wire => wire.UseClientTls(certificates.ForClient()));
                }
            );

    /// <summary>Says so where wires are plain.</summary>
    public static void WarnOfPlainWires(this WebApplication app)
    {
        var settings = app.Services.Settings();
        if (settings.Tls.Files() is null)
        {
            LogPlain(app.Logger, settings.SiloPort, settings.GatewayPort);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Wires are plain: whoever reaches ports {SiloPort} and {GatewayPort} reads what silos and clients say, and commands the cluster; "
            + "close these ports to others, or name certificates with Atlas:Tls:CertificateFile, KeyFile and AuthorityFile"
    )]
    private static partial void LogPlain(ILogger log, int siloPort, int gatewayPort);

    [LoggerMessage(LogLevel.Warning, "{Sentence}")]
    private static partial void LogRefused(ILogger log, string sentence);
}
