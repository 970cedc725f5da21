namespace OrleansAtlas.Tests;

/// <summary>Films at addresses of any server: each that fails is named, says why in the status, and is forgotten once it works.</summary>
public sealed class AddressTests(Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlainServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_address_that_failed_is_in_the_status_with_its_reason_until_it_works()
    {
        var bars = await File.ReadAllBytesAsync(Path.Combine(library.Folder, "bars.mp4"), TestContext.Current.CancellationToken);
        var other = await File.ReadAllBytesAsync(Path.Combine(library.Folder, "life.mkv"), TestContext.Current.CancellationToken);
        _server.Put("/bars.mp4", bars);
        _server.Refuse("/refused.mkv", 403);
        await File.WriteAllLinesAsync(
            _folder["list"],
            [$"http://{_server.Host}/bars.mp4", $"http://{_server.Host}/late.mkv", $"http://{_server.Host}/refused.mkv"],
            TestContext.Current.CancellationToken
        );
        string[] index = ["index", "--list", _folder["list"], .. Library.Arguments];
        var run = await RunAsync(index);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 films and photos done", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 new, 0 changed, 0 moved, 0 copied, 0 gone, 2 failed.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"failed: 'http://{_server.Host}/late.mkv' cannot be read: the server answers 404.", run.Error);
        Assert.Contains("the server does not let this process in (403)", run.Error, StringComparison.Ordinal);

        var status = await RunAsync("status", "-c", "films");
        Assert.Contains("1 of 3 films and photos done", status.Output, StringComparison.Ordinal);
        Assert.Contains($"  failed: 'http://{_server.Host}/late.mkv' cannot be read: the server answers 404.", status.Output);
        var since = await RunAsync("status", "-c", "films", "--since", "1h");
        Assert.Contains("1 new, 0 changed, 0 moved, 0 copied, 0 gone, 2 failed.", since.Output, StringComparison.Ordinal);
        Assert.Contains("  failed: late.mkv", since.Output, StringComparison.Ordinal);

        _server.Put("/late.mkv", other);
        Assert.Contains("1 new, ", (await RunAsync(index)).Output, StringComparison.Ordinal);
        status = await RunAsync("status", "-c", "films");
        Assert.DoesNotContain("late.mkv", status.Output, StringComparison.Ordinal);
        Assert.Contains("refused.mkv", status.Output, StringComparison.Ordinal);
        since = await RunAsync("status", "-c", "films", "--since", "1h");
        Assert.Contains("2 new, 0 changed, 0 moved, 0 copied, 0 gone, 1 failed.", since.Output, StringComparison.Ordinal);

        _server.Refuse("/bars.mp4", 500);
        Assert.Equal(1, (await RunAsync(index)).ExitCode);
        status = await RunAsync("status", "-c", "films");
        Assert.Contains($"  failed: 'http://{_server.Host}/bars.mp4' cannot be read: the server answers 500.", status.Output);

        _server.Put("/bars.mp4", bars);
        Assert.Equal(1, (await RunAsync(index)).ExitCode);
        Assert.Equal(0, (await RunAsync("remove", "refused.mkv", "-c", "films")).ExitCode);
        Assert.Contains("2 of 2 films and photos done", (await RunAsync("status", "-c", "films")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify", "-c", "films")).ExitCode);
    }

    [Theory]
    [InlineData("http://me:hidden@HOST/bars.mp4", "'http://HOST/bars.mp4' was given with a user or a password")]
    [InlineData("http://me:hid/hidden@HOST/bars.mp4", "What was given with a user or a password is no address")]
    [InlineData("http://", "'http://' is no address")]
    public async Task An_address_that_cannot_be_asked_is_told_in_one_sentence_with_exit_code_2_and_without_its_password(
        string address,
        string says
    )
    {
        var film = address.Replace("HOST", _server.Host, StringComparison.Ordinal);
        string[][] calls =
        [
            ["index", film, .. Library.Arguments],
            ["submit", film, "-c", "films", "--cluster", "127.0.0.1:9"],
        ];
        foreach (var call in calls)
        {
            var run = await RunAsync(call);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(says.Replace("HOST", _server.Host, StringComparison.Ordinal), run.Sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_address_without_a_path_is_named_by_its_host()
    {
        var run = await RunAsync(["index", $"http://{_server.Host}/", Path.Combine(library.Folder, "bars.mp4"), .. Library.Arguments]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"failed: 'http://{_server.Host}/' cannot be read: the server answers 404.", run.Error, StringComparison.Ordinal);
        var status = await RunAsync("status", "-c", "films", "--json");
        Assert.Contains(
            status.Json.GetProperty("videos").EnumerateArray(),
            film => film.GetProperty("name").GetString() == _server.Host && film.GetProperty("state").GetString() == "failed"
        );
    }

    private async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = BlobAtlas.Start(new Dictionary<string, string?>(), [.. arguments, "--store", _folder["store"]]);
        return await AtlasRun.EndOfAsync(process);
    }
}
