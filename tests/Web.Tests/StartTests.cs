using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>How the web map's own program starts, and when it does not. Nothing here listens beyond the machine.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_it_does_not_start_on_an_address_that_others_reach()
    {
        var (code, text) = await RunAsync([], "--address", "0.0.0.0");

        Assert.Equal(2, code);
        Assert.Contains("Who reaches 0.0.0.0 could see every film: give a key with --key-file FILE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_can_be_named_by_the_environment()
    {
        var (code, text) = await RunAsync([("ATLAS_KEY_FILE", _folder["none"])], "--address", "0.0.0.0");

        Assert.Equal(2, code);
        Assert.Contains($"The key file '{_folder["none"]}' cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_where_that_is_meant_it_warns()
    {
        // Its port is taken, so that it never listens.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (code, text) = await RunAsync([("ATLAS_NO_AUTH", "true")], "--address", "0.0.0.0", "--port", port);

        Assert.Equal(2, code);
        Assert.Contains("warn ", text, StringComparison.Ordinal);
        Assert.Contains("Whoever reaches 0.0.0.0 can see every map and film", text, StringComparison.Ordinal);
        Assert.Contains("0.0.0.0 cannot be listened on", text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Text)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        Directory.CreateDirectory(_folder["store"]);
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(WebMap).Assembly.Location, "--store", _folder["store"], .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, string.Concat(texts));
    }
}
