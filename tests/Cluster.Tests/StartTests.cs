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
}
