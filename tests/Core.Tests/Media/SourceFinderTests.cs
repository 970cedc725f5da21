using OrleansAtlas.Errors;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class SourceFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Put(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], name);
        }
    }

    private SourceFile[] Find(params string[] paths) => [.. SourceFinder.Find(paths.Select(path => _folder[path]), null, Clips.Token)];

    [Fact]
    public void Lists_files_by_their_path_in_the_folder()
    {
        Put("a/z.mp4", "a/B.mp4", "a/b/c.mp4", "a/.hidden.mp4", "a/.git/x", "single.mp4");
        var found = Find("a", "single.mp4");
        Assert.Equal(["B.mp4", "b/c.mp4", "z.mp4", "single.mp4"], found.Select(file => file.Name));
        Assert.All(found, file => Assert.Equal(new FileInfo(file.Path).Length, file.Size));
        Assert.Equal(File.GetLastWriteTimeUtc(_folder["single.mp4"]), found[^1].Modified.UtcDateTime);
    }

    [Fact]
    public void Follows_links_but_not_in_circles()
    {
        Put("a/b/c.mp4", "elsewhere/d.mp4");
        Directory.CreateSymbolicLink(_folder["a/b/up"], _folder["a"]);
        Directory.CreateSymbolicLink(_folder["a/else"], _folder["elsewhere"]);
        File.CreateSymbolicLink(_folder["a/dead.mp4"], _folder["nothing"]);
        var found = Find("a");
        Assert.Equal(["b/c.mp4", "dead.mp4", "else/d.mp4"], found.Select(file => file.Name));
        Assert.Contains("which is not there", found[1].Problem, StringComparison.Ordinal);
        Assert.Null(found[2].Problem);
    }

    [Fact]
    public void Says_which_path_is_not_there() =>
        Assert.Contains(
            "none.mp4 is not there",
            Assert.Throws<NotFoundException>(() => Find("none.mp4")).Message,
            StringComparison.Ordinal
        );
}
