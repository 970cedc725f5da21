namespace OrleansAtlas.Tests;

/// <summary>The client package, used as docs/cluster.md says.</summary>
public sealed class ExampleTests(Films films) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_of_ten_lines_has_a_folder_indexed_and_follows_the_job()
    {
        await using var cluster = await ClusterOfProcesses.StartAsync(_folder, 1);
        using var output = new StringWriter();

        await Example.RunAsync(cluster.Address, films.Folder, output);

        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Started ", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("index: ", StringComparison.Ordinal));
        Assert.StartsWith($"Done: {films.Count} films, ", lines[^1]);
        StoreBytes.AssertSame(films.Whole, cluster.Store);
    }

    [Fact]
    public async Task The_documentation_shows_this_program()
    {
        var source = await File.ReadAllLinesAsync(Path.Combine(TestFiles.Repository, "tests", "Cluster.Tests", "Example.cs"));
        var page = await File.ReadAllTextAsync(Path.Combine(TestFiles.Repository, "docs", "cluster.md"));

        var body = source.Where(line => line.StartsWith("        ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(body);
        Assert.All(body, line => Assert.Contains(line[8..], page));
    }
}
