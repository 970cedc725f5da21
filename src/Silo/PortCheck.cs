using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace OrleansAtlas.Silo;

/// <summary>Listens on every port of the silo for a moment: one that is taken is said together with what is wrong with the settings, before
/// the silo joins others.</summary>
internal sealed class PortCheck(IConfiguration configuration) : IValidateOptions<SiloSettings>
{
    private const int Last = 65535;

    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        var problems = new ValidateOptionsResultBuilder();
        var open = new List<TcpListener>();
        try
        {
            foreach (var (address, port, said, way) in Places(options))
            {
                if (port is > 0 and <= Last && IPAddress.TryParse(address, out var ip) && Problem(ip, port, open) is { } problem)
                {
                    problems.AddError($"{said} cannot be listened on ({problem}); give another with {way}, or end what has it.");
                }
            }
        }
        finally
        {
            // All at once: a port must not be given twice either.
            open.ForEach(listener => listener.Dispose());
        }

        return problems.Build();
    }

    private IEnumerable<(string Address, int Port, string Said, string Way)> Places(SiloSettings settings)
    {
        const string Section = SiloSettings.Section;
        var here =
            settings.ListenAddress
            ?? settings.Clustering switch
            {
                Clustering.Kubernetes => "0.0.0.0",
                Clustering.Localhost => "127.0.0.1",
                _ => settings.Address,
            };
        yield return (here, settings.SiloPort, $"{Section}:SiloPort {settings.SiloPort}", $"--{Section}:SiloPort N");
        yield return (here, settings.GatewayPort, $"{Section}:GatewayPort {settings.GatewayPort}", $"--{Section}:GatewayPort N");
        foreach (var url in AccessHosting.Urls(configuration).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = BindingAddress.Parse(url.Trim());
            var host = place.Host.Trim('[', ']');
            var address =
                host == "localhost" ? "127.0.0.1"
                : IPAddress.TryParse(host, out _) ? host
                : "0.0.0.0";
            yield return place.Port == settings.MetricsPort
                ? (address, place.Port, $"{Section}:MetricsPort {place.Port}", $"--{Section}:MetricsPort N")
                : (address, place.Port, url.Trim(), "--urls http://HOST:PORT");
        }
    }

    private static string? Problem(IPAddress address, int port, List<TcpListener> open)
    {
        var listener = new TcpListener(address, port);
        open.Add(listener);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException error)
        {
            return error.Message.TrimEnd('.');
        }
    }
}
