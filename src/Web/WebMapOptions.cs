using System.Net;
using OrleansAtlas.Access;
using OrleansAtlas.Images;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Web;

/// <summary>What the web map serves, where, and how much memory and disk it may take.</summary>
public sealed record WebMapOptions
{
    /// <summary>The collections.</summary>
    public required IArtifactStore Store { get; init; }

    /// <summary>Reads frames and writes tiles.</summary>
    public required VipsImageCodec Images { get; init; }

    /// <summary>For films that a browser does not play, and for pictures and clips that are dropped; null where ffmpeg is not
    /// here.</summary>
    public WorkContext? Work { get; init; }

    /// <summary>Folder of the cache, as <c>ATLAS_CACHE</c> means it: tiles that were drawn are in <c>tiles</c>, what was found for dropped
    /// files in <c>found</c>. Both may be emptied at any time.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Bytes of tiles kept on disk; the oldest go first.</summary>
    public long DiskBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of tiles kept in memory.</summary>
    public long MemoryBytes { get; init; } = 96L << 20;

    /// <summary>A map whose reduced vectors take no more bytes than this has them held, once clips are looked for in it.</summary>
    public long VectorBytes { get; init; } = 128L << 20;

    /// <summary>Whether the map that the page shows first is opened, and its first tiles drawn, before anybody asks.</summary>
    public bool WarmsUp { get; init; } = true;

    /// <summary>The address to listen on. Anything but the machine itself opens the films to the network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>A port for <c>/metrics</c> alone, which asks for no key; 0 for none: then it is beside the map, behind the key.</summary>
    public int MetricsPort { get; init; }

    /// <summary>Who may ask; <see cref="AccessOptions.Read"/> refuses what would open the films to the network unasked.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Address of the cluster that announces new maps, with secrets from the environment as <c>ClusterSecrets</c> reads them;
    /// null for none: then pages find new maps by looking.</summary>
    public string? Cluster { get; init; }

    /// <summary>How much is asked for at once, and how long it may be.</summary>
    public WebLimits Limits { get; init; } = new();

    /// <summary>Whether lines of the log are the messages alone, to standard error; else they begin with time and level and go to standard
    /// output.</summary>
    public bool LogsMessagesAlone { get; init; }

    /// <summary>The cache unless it is said otherwise: <c>ATLAS_CACHE</c>, else <c>orleans-atlas</c> in the user's cache folder.</summary>
    public static string DefaultCacheFolder =>
        Environment.GetEnvironmentVariable("ATLAS_CACHE") is { Length: > 0 } named ? named : Path.Combine(UserCache, "orleans-atlas");

    private static string UserCache =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                ".cache"
            );
}
