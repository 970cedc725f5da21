namespace OrleansAtlas.Tests;

public sealed class NoTelemetryTests
{
    [Fact]
    public async Task ONNX_Runtime_keeps_nothing_for_its_maker()
    {
        // What it would send lies in the user's cache first, beside an identifier of the machine; CI would keep it from that too.
        using var cache = new TemporaryFolder();
        var variables = new Dictionary<string, string?>
        {
            ["XDG_CACHE_HOME"] = cache.Path,
            ["ORT_DISABLE_TELEMETRY"] = null,
            ["ORT_RUNNING_UNIT_TESTS"] = null,
            ["CI"] = null,
        };
        var tests = typeof(OnnxMatrixProductTests).FullName!;
        var said = await TestProgram.RunAsync(
            TimeSpan.FromMinutes(2),
            variables,
            Environment.ProcessPath!,
            "-class",
            tests,
            "-noLogo",
            "-noColor"
        );
        Assert.Contains("Failed: 0", said);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache.Path));
    }
}
