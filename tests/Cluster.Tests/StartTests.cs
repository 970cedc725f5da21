using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrleansAtlas.Tests;

/// <summary>A silo that cannot start says why, all of it, and ends.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var run = await SiloProcess.RunAsync(
            "--Atlas:SiloPort",
            "0",
            "--Atlas:SegmentsPerFilm",
            "0",
            "--Atlas:GraceSeconds",
            "NaN",
            "--Atlas:ProbeSeconds",
            "61",
            "--Atlas:Clustering",
            "7",
            "--Atlas:Address",
            "nowhere",
            "--Atlas:Redis",
            "secret=1",
            "--Atlas:Models:0",
            _folder["none.onnx"]
        );

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        var said = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "silo: Atlas:SiloPort is 0; give 1 to 65535 with --Atlas:SiloPort N, or leave it out.",
                "silo: Atlas:SegmentsPerFilm is 0; give 1 to 10000 with --Atlas:SegmentsPerFilm N, or leave it out.",
                "silo: Atlas:GraceSeconds is NaN; give 0 to 600 with --Atlas:GraceSeconds N, or leave it out.",
                "silo: Atlas:ProbeSeconds is 61; give 0.5 to 60 with --Atlas:ProbeSeconds N, or leave it out.",
                "silo: Atlas:Store is not given; name the folder or the container that all silos share with --Atlas:Store DIR|URL.",
                "silo: Atlas:Clustering is 7; give Localhost, Redis, Kubernetes or leave it out.",
                "silo: Atlas:Address is 'nowhere'; give the IP address that others reach this silo at with --Atlas:Address ADDRESS.",
                "silo: Atlas:Redis is not an address; give that of the Redis server with --Atlas:Redis HOST:PORT.",
            ],
            said[..^1]
        );
        Assert.StartsWith($"silo: There is no model '{_folder["none.onnx"]}'", said[^1]);
    }

    [Fact]
    public async Task Every_value_that_cannot_be_read_is_named()
    {
        var run = await SiloProcess.RunAsync(
            "--Atlas:Store",
            _folder["store"],
            "--Atlas:Slots",
            "many",
            "--Atlas:Gpu",
            "maybe",
            "--Atlas:Clustering",
            "Moon",
            "--Atlas:ProbeSeconds",
            "5s"
        );

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            [
                "silo: Atlas:Clustering is 'Moon'; give Localhost, Redis, Kubernetes or leave it out.",
                "silo: Atlas:Slots is 'many'; give a whole number or leave it out.",
                "silo: Atlas:ProbeSeconds is '5s'; give a number or leave it out.",
                "silo: Atlas:Gpu is 'maybe'; give true or false or leave it out.",
            ],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.False(Directory.Exists(_folder["store"]));
    }

    [Fact]
    public async Task Secrets_are_taken_from_files_and_not_from_a_command_line_and_half_a_TLS_is_none()
    {
        var run = await SiloProcess.RunAsync("--Atlas:Store", _folder["store"], "--Atlas:RedisPassword", "hidden");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("silo: Atlas:RedisPassword is on the command line", run.Error, StringComparison.Ordinal);

        run = await SiloProcess.RunAsync(
            "--Atlas:Store",
            _folder["store"],
            "--Atlas:Redis",
            "redis:6379,password=hidden",
            "--Atlas:Tls:CertificateFile",
            "silo.pem"
        );
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("silo: Atlas:Redis holds a user or a password", run.Error, StringComparison.Ordinal);
        Assert.Contains("name Atlas:Tls:KeyFile and Atlas:Tls:AuthorityFile too", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", "http://127.0.0.1:{0}", "--urls http://HOST:PORT")]
    [InlineData("metrics", "Atlas:MetricsPort {0}", "--Atlas:MetricsPort N")]
    [InlineData("silo", "Atlas:SiloPort {0}", "--Atlas:SiloPort N")]
    [InlineData("gateway", "Atlas:GatewayPort {0}", "--Atlas:GatewayPort N")]
    public async Task A_port_that_is_taken_is_named_with_its_setting(string side, string place, string way)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        int Of(string name) => name == side ? port : Ports.Free();

        var run = await SiloProcess.RunAsync(
            "--Atlas:Store",
            _folder["store"],
            "--Atlas:Models:0",
            Films.Model,
            "--Atlas:SiloPort",
            $"{Of("silo")}",
            "--Atlas:GatewayPort",
            $"{Of("gateway")}",
            "--Atlas:MetricsPort",
            $"{Of("metrics")}",
            "--urls",
            $"http://127.0.0.1:{Of("http")}"
        );

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"silo: {string.Format(CultureInfo.InvariantCulture, place, port)} cannot be listened on (Address already in use); "
                + $"give another with {way}, or end what has it.",
            run.Error.Trim()
        );
    }

    [Fact]
    public async Task A_silo_of_another_cluster_is_named_with_its_address()
    {
        await using var silo = SiloProcess.StartFirst(_folder["store"], "--Atlas:ClusterId", "other");
        await silo.ReadyAsync();

        var run = await Atlas.RunAsync("jobs", "--cluster", silo.Gateway);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"atlas: The silo at '{silo.Gateway}' is of cluster 'other'; give {silo.Gateway}/other.", run.Error.Trim());
        Assert.Equal(0, (await Atlas.RunAsync("jobs", "--cluster", $"{silo.Gateway}/other")).ExitCode);
        foreach (var verb in new[] { "watch", "cancel" })
        {
            var none = await Atlas.RunAsync(verb, "-c", "films", "--job", "99", "--cluster", $"{silo.Gateway}/other");
            Assert.Equal(2, none.ExitCode);
            Assert.StartsWith("atlas: There is no job 99 of collection 'films'", none.Error, StringComparison.Ordinal);
        }
    }
}
