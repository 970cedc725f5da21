using System.Globalization;
using OrleansAtlas.Tests.Corpus;

namespace OrleansAtlas.Tests;

/// <summary>A run tells nobody anything: it opens no connection, and leaves no file but those of its store.</summary>
public sealed class PrivacyTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_opens_no_connection_and_leaves_nothing_but_its_store()
    {
        var (home, temporary) = (Directory.CreateDirectory(_folder["home"]).FullName, Directory.CreateDirectory(_folder["tmp"]).FullName);
        var atlas = new Atlas(_folder["store"]) { Home = home, Temporary = temporary };

        using var process = atlas.Start("index", clips.Folder, "-c", "films", "--fps", "4", "--model", "resnet18");
        var running = AtlasRun.EndOfAsync(process);
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        var looks = 0;
        while (!running.IsCompleted)
        {
            sockets.UnionWith(ProcessTree.Ids(_folder["store"]).SelectMany(Connections));
            looks++;
            await Task.WhenAny(running, Task.Delay(100));
        }

        Assert.Equal(0, (await running).ExitCode);
        Assert.InRange(looks, 5, int.MaxValue);
        Assert.Empty(sockets);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }

    // Sockets of the internet that a process holds, whoever is at the other end.
    private static IEnumerable<string> Connections(int process)
    {
        try
        {
            var held = Directory
                .EnumerateFileSystemEntries($"/proc/{process}/fd")
                .Select(path => new FileInfo(path).LinkTarget ?? "")
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
                .Select(target => target[8..^1])
                .ToHashSet(StringComparer.Ordinal);
            return
            [
                .. from table in new[] { "tcp", "tcp6", "udp", "udp6" }
                from line in File.ReadLines($"/proc/{process}/net/{table}").Skip(1)
                let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                where held.Contains(columns[9])
                select string.Create(CultureInfo.InvariantCulture, $"{table} {columns[1]} -> {columns[2]} of {process}"),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile.
            return [];
        }
    }
}
