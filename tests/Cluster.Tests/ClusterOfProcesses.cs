using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace OrleansAtlas.Tests;

/// <summary>A Redis server and silos over one store, all of them processes.</summary>
internal sealed class ClusterOfProcesses : IAsyncDisposable
{
    // What decodes takes a while, so that there is a middle for something to be lost in.
    private const string SlowFfmpeg = """
        #!/bin/sh
        case "$*" in *rawvideo*) sleep 2; while [ -e "$0.hold" ]; do sleep 0.1; done ;; esac
        exec ffmpeg "$@"
        """;

    private readonly string _clustering;
    private readonly int _graceSeconds;
    private readonly string _ffmpeg;
    private readonly IReadOnlyDictionary<string, string> _environment;

    private ClusterOfProcesses(RedisServer redis, TemporaryFolder folder, string clustering, int graceSeconds, BlobStore? blobs)
    {
        (Redis, _clustering, _graceSeconds) = (redis, clustering, graceSeconds);
        (Store, _ffmpeg) = (blobs?.Location ?? folder["cluster"], folder["slow", "ffmpeg"]);
        _environment = blobs?.Environment ?? new Dictionary<string, string>();
        Directory.CreateDirectory(folder["slow"]);
        File.WriteAllText(_ffmpeg, SlowFfmpeg);
        File.SetUnixFileMode(_ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public RedisServer Redis { get; }

    public List<SiloProcess> Silos { get; } = [];

    public string Address => $"redis://{Redis.Address}";

    public string Store { get; }

    public static async Task<ClusterOfProcesses> StartAsync(
        TemporaryFolder folder,
        int silos,
        string clustering = "Redis",
        int graceSeconds = 20,
        BlobStore? blobs = null
    )
    {
        var cluster = new ClusterOfProcesses(await RedisServer.StartAsync(folder["redis"]), folder, clustering, graceSeconds, blobs);
        await cluster.OrEndAsync(async () =>
        {
            for (var silo = 0; silo < silos; silo++)
            {
                cluster.Silos.Add(cluster.StartSilo());
            }

            await Task.WhenAll(cluster.Silos.Select(silo => silo.ReadyAsync()));
        });
        return cluster;
    }

    /// <summary>Keeps what is decoded from ending, or lets it.</summary>
    public void Hold(bool hold)
    {
        if (hold)
        {
            File.WriteAllText($"{_ffmpeg}.hold", "");
        }
        else
        {
            File.Delete($"{_ffmpeg}.hold");
        }
    }

    /// <summary>Starts one that works on the films, with the first segment done and others in hand.</summary>
    public static async Task<ClusterOfProcesses> AtWorkAsync(TemporaryFolder folder, int silos, Films films, string clustering = "Redis")
    {
        var cluster = await StartAsync(folder, silos, clustering);
        await cluster.OrEndAsync(async () =>
        {
            await cluster.SubmitAsync(films);
            await cluster.BegunAsync();
        });
        return cluster;
    }

    /// <summary>Puts a new silo in the place of one that is gone.</summary>
    public async Task<SiloProcess> ReplaceAsync(SiloProcess gone, bool wait)
    {
        var place = Silos.IndexOf(gone);
        await gone.DisposeAsync();
        Silos[place] = StartSilo();
        if (wait)
        {
            await Silos[place].ReadyAsync();
        }

        return Silos[place];
    }

    /// <summary>Asks for the films.</summary>
    public async Task SubmitAsync(Films films) => await Atlas.JsonAsync(["submit", films.Folder, .. films.Arguments, "--cluster", Address]);

    /// <summary>Segments that are done in a store.</summary>
    public static int SegmentsIn(string store) =>
        Directory.Exists(store) ? Directory.EnumerateFiles(store, "features-*", SearchOption.AllDirectories).Count() : 0;

    /// <summary>Waits until the first segment is there, so that others are in hand.</summary>
    public async Task BegunAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (SegmentsIn(Store) == 0)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Waits until a silo has a segment in hand.</summary>
    public async Task<SiloProcess> BusySiloAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (Silos.FirstOrDefault(silo => silo.Decodes) is { } busy)
            {
                return busy;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Follows the job to its end, which must be a good one.</summary>
    public async Task WatchAsync()
    {
        var run = await Atlas.RunAsync("watch", "-c", "films", "--cluster", Address);
        Assert.True(run.ExitCode == 0, $"atlas watch ended with {run.ExitCode}: {run.Error}{run.Output}\n{Said}");
    }

    /// <summary>What all silos said, for a test that fails.</summary>
    public string Said => string.Join("\n---\n", Silos.Select(silo => silo.Said));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await Redis.DisposeAsync();
    }

    private SiloProcess StartSilo() => SiloProcess.Start(Store, Redis.Address, _clustering, _graceSeconds, _ffmpeg, _environment);

    // What fails while it starts leaves no process behind.
    private async Task OrEndAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
