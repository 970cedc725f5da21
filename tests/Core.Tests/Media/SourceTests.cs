using System.Security.Cryptography;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class SourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static FfmpegTools Nothing =>
        new()
        {
            Ffmpeg = "/nowhere",
            Ffprobe = "/nowhere",
            Version = "",
        };

    private void Put(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], name);
        }
    }

    private SourceFile[] Find(params string[] paths) => [.. SourceFinder.Find(paths.Select(path => _folder[path]), Clips.Token)];

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
            Assert.Throws<FileNotFoundException>(() => Find("none.mp4")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("notes.txt", "Frost an den Bäumen.\r\n", true)]
    [InlineData("list", "#EXTM3U\nfilm.ts\n", true)]
    [InlineData("raw.bin", "\u0001\u0002 some bytes", false)]
    [InlineData("raw.yuv", "YUV4MPEG2 W2 H2 F25:1 C420\nFRAME\nAAAAAA", false)]
    [InlineData("film.mp4", "Frost an den Bäumen.\r\n", false)]
    public async Task Text_is_known_without_a_process_unless_it_is_named_like_a_film(string name, string content, bool text)
    {
        await File.WriteAllTextAsync(_folder[name], content, Clips.Token);
        var result = await new Prober(Nothing, new NoPictures()).ProbeAsync(_folder[name], Clips.Token);
        Assert.Equal(text, result is ProbeResult.Ignored ignored && ignored.Reason == $"{name} is neither a film nor a photo, but text.");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("xx")]
    public async Task A_character_cut_in_the_middle_is_text_too(string before)
    {
        await File.WriteAllTextAsync(_folder["long.txt"], before + string.Concat(Enumerable.Repeat("ä", 5000)), Clips.Token);
        Assert.Contains(
            "but text",
            Assert
                .IsType<ProbeResult.Ignored>(await new Prober(Nothing, new NoPictures()).ProbeAsync(_folder["long.txt"], Clips.Token))
                .Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_id_is_the_hash_of_length_and_content_of_a_small_file()
    {
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        using var stream = new MemoryStream(bytes);
        var expected = Convert.ToHexStringLower(SHA256.HashData([.. BitConverter.GetBytes((long)bytes.Length), .. bytes]))[..32];
        Assert.Equal(expected, await ContentId.ComputeAsync(stream, Clips.Token));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData((1 << 20) - 1, true)]
    [InlineData(1 << 20, false)]
    [InlineData(10_000_000 / 15, true)]
    [InlineData((10_000_000 / 15 * 14) + 60_000, true)]
    [InlineData(9_999_999, true)]
    public async Task The_id_of_a_large_file_hangs_on_sixteen_stretches_of_it(int position, bool counts)
    {
        var bytes = new byte[10_000_000];
        using var before = new MemoryStream(bytes);
        var id = await ContentId.ComputeAsync(before, Clips.Token);
        bytes[position] ^= 1;
        using var after = new MemoryStream(bytes);
        Assert.Equal(counts, id != await ContentId.ComputeAsync(after, Clips.Token));
        using var longer = new MemoryStream(new byte[10_000_001]);
        Assert.NotEqual(id, await ContentId.ComputeAsync(longer, Clips.Token));
    }
}
