using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>What is served is what was indexed, whatever is put in its place behind a running server.</summary>
public sealed class ServedFileTests(ServedFiles files) : IClassFixture<ServedFiles>
{
    private static readonly string[] Ways = ["source", "media", "stretch?start=0&end=1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain/link.mp4")]
    [InlineData("within/folder.mp4")]
    [InlineData("plain/pipe.mp4")]
    [InlineData("plain/socket.mp4")]
    [InlineData("plain/made-folder.mp4")]
    [InlineData("plain/changed.mp4")]
    [InlineData("plain/touched.mp4")]
    [InlineData("linked.mp4")]
    public async Task A_film_is_served_until_something_else_is_in_its_place(string name)
    {
        var path = files.Path(name);
        var whole = await File.ReadAllBytesAsync(path, Cancel);
        Assert.Equal(whole, await files.Client.GetByteArrayAsync(files.Address(name, "source"), Cancel));

        Replace(name, path);

        foreach (var way in Ways)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            using var answer = await files.Client.GetAsync(files.Address(name, way), limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            Assert.Equal((way, HttpStatusCode.Gone), (way, answer.StatusCode));
            Assert.Contains(
                $"What is at '{name}' is not what was indexed",
                JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("plain/whole.mkv")]
    [InlineData("kept.mp4")]
    [InlineData("shelf/inside.mp4")]
    public async Task Films_behind_links_and_in_any_format_are_served_and_transcoded(string name)
    {
        var whole = await files.Client.GetByteArrayAsync(files.Address(name, "source"), Cancel);
        var stretch = await files.Client.GetByteArrayAsync(files.Address(name, "stretch?start=0&end=1"), Cancel);

        Assert.Equal(await File.ReadAllBytesAsync(files.Path(name), Cancel), whole);
        Assert.Equal([0x1a, 0x45, 0xdf, 0xa3], stretch[..4]);
        Assert.True(stretch.Length > 1000);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_served()
    {
        var name = files.Names.Single(other => other.StartsWith("plain/caf", StringComparison.Ordinal));

        Assert.Equal(@"plain/caf\xe9.mp4", name);
        Assert.Equal(files.Odd, await files.Client.GetByteArrayAsync(files.Address(name, "source"), Cancel));
    }

    [Fact]
    public async Task A_film_that_was_taken_away_is_said_to_be_away()
    {
        File.Delete(files.Path("plain/away.mp4"));
        using var answer = await files.Client.GetAsync(files.Address("plain/away.mp4", "source"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("is not where it was indexed", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private void Replace(string name, string path)
    {
        var time = File.GetLastWriteTimeUtc(path);
        switch (Path.GetFileName(name))
        {
            case "linked.mp4":
                Replace("link.mp4", File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName);
                break;
            case "link.mp4":
                // Even as long, and as old, as the film was.
                File.Move(path, path + ".away");
                File.CreateSymbolicLink(path, files.Secret(path + ".away"));
                break;
            case "folder.mp4":
                var folder = Path.GetDirectoryName(path)!;
                Directory.Move(folder, folder + "-away");
                Directory.CreateSymbolicLink(folder, Path.GetDirectoryName(files.Secret(Path.Combine(folder + "-away", "folder.mp4")))!);
                Assert.Equal(
                    (ServedFiles.Length(folder + "-away/folder.mp4"), time),
                    (ServedFiles.Length(path), File.GetLastWriteTimeUtc(path))
                );
                break;
            case "pipe.mp4":
                File.Delete(path);
                Process.Start("mkfifo", [path]).WaitForExit();
                break;
            case "socket.mp4":
                File.Delete(path);
                files.Socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
            case "made-folder.mp4":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "changed.mp4":
                File.AppendAllText(path, "more");
                File.SetLastWriteTimeUtc(path, time);
                break;
            default:
                File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
                break;
        }
    }
}

/// <summary>Films of a second, each another one, over a real server.</summary>
public sealed class ServedFiles : IAsyncLifetime
{
    // In the folder itself, but for two behind links.
    private static readonly string[] Films =
    [
        "films/plain/link.mp4",
        "films/within/folder.mp4",
        "films/plain/pipe.mp4",
        "films/plain/socket.mp4",
        "films/plain/made-folder.mp4",
        "films/plain/changed.mp4",
        "films/plain/touched.mp4",
        "films/plain/away.mp4",
        "films/plain/whole.mkv",
        "films/plain/odd.mp4",
        "elsewhere/linked.mp4",
        "elsewhere/kept.mp4",
        "shelf/inside.mp4",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private WebApplication _server = null!;

    public HttpClient Client { get; } = new();

    /// <summary>Its file is there for as long as it is open.</summary>
    internal Socket Socket { get; } = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    internal IEnumerable<string> Names => _ids.Keys;

    internal byte[] Odd { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        foreach (var (number, film) in Films.Index())
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_folder[film])!);
            var source = $"testsrc2=size={64 + (16 * number)}x96:rate=5:duration=2";
            await TestStore.FfmpegAsync(cancel, "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", _folder[film]);
        }

        File.CreateSymbolicLink(_folder["films", "linked.mp4"], _folder["elsewhere", "linked.mp4"]);
        File.CreateSymbolicLink(_folder["films", "kept.mp4"], _folder["elsewhere", "kept.mp4"]);
        Directory.CreateSymbolicLink(_folder["films", "shelf"], _folder["shelf"]);
        Odd = await File.ReadAllBytesAsync(_folder["films", "plain", "odd.mp4"], cancel);
        var move = Process.Start(
            "sh",
            ["-c", "mv \"$0\" \"$1/$(printf 'caf\\351.mp4')\"", _folder["films", "plain", "odd.mp4"], _folder["films", "plain"]]
        );
        await move.WaitForExitAsync(cancel);
        var store = await TestStore.IndexAsync(_folder["store"], 2, [_folder["films"]], cancel);
        _server = WebMap.Build((await TestStore.OptionsAsync(store, _folder["cache"], cancel)) with { WarmsUp = false });
        await _server.StartAsync(cancel);
        Client.BaseAddress = new Uri(WebMap.AddressOf(_server));
        var collection = (await CollectionStore.OpenAsync(store, TestStore.Collection, cancel))!;
        await foreach (var record in collection.VideosAsync(cancel))
        {
            _ids[record.Name] = record.Id;
        }

        Assert.Equal(Films.Length, _ids.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Socket.Dispose();
        await _server.DisposeAsync();

        // .NET cannot delete what has a name that is not UTF-8.
        await Process.Start("rm", ["-r", _folder["films", "plain"]]).WaitForExitAsync();
        _folder.Dispose();
    }

    internal string Path(string name) => _folder["films", name];

    internal static long Length(string path) => new FileInfo(path).Length;

    internal string Address(string name, string way) => $"/api/v1/collections/{TestStore.Collection}/films/{_ids[name]}/{way}";

    /// <summary>Another file of the server, of the size and time of a film, and of its name.</summary>
    internal string Secret(string film)
    {
        var path = _folder["secret", System.IO.Path.GetFileName(film).Replace(".away", "", StringComparison.Ordinal)];
        Directory.CreateDirectory(_folder["secret"]);
        File.WriteAllBytes(path, new byte[new FileInfo(film).Length]);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(film));
        return path;
    }
}
