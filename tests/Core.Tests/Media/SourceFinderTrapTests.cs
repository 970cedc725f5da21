using System.Diagnostics;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>Folders that would trap a walk: pipes, links upwards and across, folders of a machine's housekeeping.</summary>
public sealed class SourceFinderTrapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_named_and_left_out()
    {
        await RunAsync("mkfifo", _folder["pipe.mp4"]);
        File.WriteAllText(_folder["good.mp4"], "film");

        var files = Find();

        Assert.Equal(["good.mp4", "pipe.mp4"], files.Select(file => file.Name));
        Assert.Null(files[0].Ignored);
        Assert.Equal("pipe.mp4 is a pipe, not a file.", files[1].Ignored);
    }

    [Fact]
    public void A_device_behind_a_link_is_left_out()
    {
        File.CreateSymbolicLink(_folder["endless.mp4"], "/dev/zero");

        Assert.Equal("endless.mp4 is a device, not a file.", Assert.Single(Find()).Ignored);
    }

    [Fact]
    public void Each_folder_is_listed_once_whatever_links_lead_to_it()
    {
        foreach (var name in (string[])["a", "b"])
        {
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllText(Path.Combine(_folder[name], name + ".mp4"), "film");
            File.CreateSymbolicLink(Path.Combine(_folder[name], "up"), "../");
            File.CreateSymbolicLink(Path.Combine(_folder[name], "other"), name == "a" ? "../b" : "../a");
        }

        // b is reached first through a's link.
        Assert.Equal(["a/a.mp4", "a/other/b.mp4"], Find().Select(file => file.Name));
    }

    [Fact]
    public void A_folder_that_is_named_twice_is_listed_once()
    {
        Directory.CreateDirectory(_folder["a"]);
        File.WriteAllText(_folder["a", "a.mp4"], "film");

        Assert.Single(SourceFinder.Find([_folder["a"], _folder.Path], null, Cancel));
    }

    [Theory]
    [InlineData("@eaDir")]
    [InlineData("#recycle")]
    [InlineData("lost+found")]
    [InlineData("__MACOSX")]
    public void A_folder_of_housekeeping_is_left_out_and_said_so_unless_it_is_named(string name)
    {
        Directory.CreateDirectory(_folder[name]);
        File.WriteAllText(_folder[name, "film.mp4"], "film");

        Assert.Equal($"{name} is a folder of housekeeping; name it itself to have it indexed.", Assert.Single(Find()).Ignored);
        Assert.Null(Assert.Single(SourceFinder.Find([_folder[name]], null, Cancel)).Ignored);
    }

    private List<SourceFile> Find() => [.. SourceFinder.Find([_folder.Path], null, Cancel)];

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
    }
}
