using System.Diagnostics;
using OrleansAtlas.Tests.Running;

namespace OrleansAtlas.Tests;

/// <summary>Images are not built here; what is in them is: the same Debian packages, the same published programs, the same rights. A
/// library that was forgotten is missing here too.</summary>
public sealed class RootfsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Silo_web_map_and_client_run_from_the_root_file_system_of_the_images()
    {
        LongTests.Require();
        Rootfs.Require();
        var rootfs = new Rootfs(_folder);
        var sizes = (
            Debian: await rootfs.MakeAsync(),
            Silo: await rootfs.PublishAsync("Silo"),
            Client: await rootfs.PublishAsync("Client")
        );
        TestContext.Current.TestOutputHelper!.WriteLine($"Debian {sizes.Debian} MB, silo {sizes.Silo} MB, client {sizes.Client} MB");

        await MakeFilmAsync();
        var doctor = await rootfs.RunAsync("Client", "ATLAS_STORE=/data/store", "/app/atlas", "doctor");
        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Error);
        var index = await rootfs.RunAsync(
            "Client",
            "ATLAS_STORE=/data/store",
            "/app/atlas",
            "index",
            "/data/films",
            "-c",
            "films",
            "--fps",
            "3"
        );
        Assert.True(index.ExitCode == 0, index.Output + index.Error);

        await ServesAsync(rootfs);
        await WorksAsync(rootfs);
        await StoresInAzuriteAsync(rootfs);
        Assert.NotEqual(0, (await rootfs.RunAsync("Client", "/usr/bin/touch", "/app/x")).ExitCode);
        Assert.NotEqual(0, (await rootfs.RunAsync("Client", "/usr/bin/touch", "/etc/x")).ExitCode);
        Assert.Equal("10001", (await rootfs.RunAsync("Client", "/usr/bin/id", "-u")).Output.Trim());
    }

    private async Task ServesAsync(Rootfs rootfs)
    {
        var port = Ports.Free();
        using var web = rootfs.Start("Client", "ATLAS_STORE=/data/store", "/app/atlas", "serve", "--port", $"{port}");
        try
        {
            await AnswersAsync($"http://127.0.0.1:{port}/health/ready", web);
            Assert.Contains("<html", await _http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/")));
            Assert.Contains("films", await _http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/collections")));
        }
        finally
        {
            web.Kill(entireProcessTree: true);
            await web.WaitForExitAsync();
        }
    }

    private async Task WorksAsync(Rootfs rootfs)
    {
        var (http, silo, gateway) = (Ports.Free(), Ports.Free(), Ports.Free());
        using var process = rootfs.Start(
            "Silo",
            "Atlas__Store=/data/store",
            $"Atlas__SiloPort={silo}",
            $"Atlas__GatewayPort={gateway}",
            "/app/OrleansAtlas.Silo",
            "--urls",
            $"http://127.0.0.1:{http}"
        );
        try
        {
            await AnswersAsync($"http://127.0.0.1:{http}/health/ready", process);
            string[] arguments = ["submit", "/data/films", "-c", "again", "--fps", "3", "--watch", "--cluster", $"127.0.0.1:{gateway}"];
            var run = await rootfs.RunAsync("Client", ["/app/atlas", .. arguments]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    // By the name of a service, as values/local.yaml does: the account is found in the host's name.
    private static async Task StoresInAzuriteAsync(Rootfs rootfs)
    {
        await using var server = await AzuriteServer.StartAsync();
        var container = await server.ContainerAsync();
        var place = new Uri(server.Address);
        var service = $"{place.Segments[1].Trim('/')}.atlas.svc";
        rootfs.Resolve(service);
        var address = $"http://{service}:{place.Port}";
        var run = await rootfs.RunAsync(
            "Client",
            $"AZURE_STORAGE_CONNECTION_STRING={server.ConnectionString.Replace(server.Address, address, StringComparison.Ordinal)}",
            $"ATLAS_STORE={address}/{container.Name}",
            "/app/atlas",
            "index",
            "/data/films",
            "-c",
            "films"
        );
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    private async Task AnswersAsync(string address, Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Assert.False(process.HasExited, $"It ended with {(process.HasExited ? process.ExitCode : 0)}");
            try
            {
                using var answer = await _http.GetAsync(new Uri(address), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(200, limit.Token);
        }
    }

    private async Task MakeFilmAsync()
    {
        var film = _folder["data/films", "test.mp4"];
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        string[] arguments =
        [
            "-nostdin",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25",
            "-t",
            "4",
            "-pix_fmt",
            "yuv420p",
        ];
        using var ffmpeg = Process.Start("ffmpeg", [.. arguments, film]);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
