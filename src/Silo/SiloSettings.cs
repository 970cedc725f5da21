using OrleansAtlas.Actors;

namespace OrleansAtlas.Silo;

/// <summary>How silos find one another.</summary>
internal enum Clustering
{
    /// <summary>All on this machine; the one at <see cref="SiloSettings.PrimaryPort"/> keeps the list and must stay.</summary>
    Localhost,

    /// <summary>By a Redis server.</summary>
    Redis,

    /// <summary>By a Redis server, with the pod's name and address from <c>POD_NAME</c> and <c>POD_IP</c>.</summary>
    Kubernetes,
}

/// <summary>The section <c>Atlas</c> of the configuration: <c>Atlas__Store</c> in the environment, <c>--Atlas:Store</c> on the command line.</summary>
internal sealed record SiloSettings
{
    /// <summary>Folder of the store, the same for all silos.</summary>
    public string Store { get; init; } = "";

    /// <summary>How silos find one another.</summary>
    public Clustering Clustering { get; init; }

    /// <summary>Address of the Redis server, <c>host:port</c>.</summary>
    public string Redis { get; init; } = "localhost:6379";

    /// <summary>Silos with another one do not see one another.</summary>
    public string ClusterId { get; init; } = "atlas";

    /// <summary>The address that others reach this silo at; not needed on one machine or on Kubernetes.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The silo port of the first of several silos on one machine.</summary>
    public int PrimaryPort { get; init; } = 11111;

    /// <summary>Segments worked on at once; 0 for one more than there are cores.</summary>
    public int Slots { get; init; }

    /// <summary>Films worked on at once in the whole cluster, for a collection whose grain is on this silo: more than all silos' slots.</summary>
    public int FilmsInFlight { get; init; } = 64;

    /// <summary>Segments of one film under way at once, in all silos: two keep one slot busy without a pause.</summary>
    public int SegmentsPerFilm { get; init; } = 2;

    /// <summary>Names or ONNX files of the models that describe, the first one for collections that do not say; none for those in the model folder.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Seconds that segments in hand may take to end when the silo is asked to stop.</summary>
    public double GraceSeconds { get; init; } = 20;

    /// <summary>Seconds between two looks at another silo; after three without an answer it is taken for dead.</summary>
    public double ProbeSeconds { get; init; } = 5;

    /// <summary>Whether segments should rather come here than to silos without; found out where it is not said.</summary>
    public bool? Gpu { get; init; }

    public bool HasGpu => Gpu ?? File.Exists("/dev/nvidiactl");

    public int SlotsOrDefault => Slots > 0 ? Slots : Environment.ProcessorCount + 1;

    /// <summary>Longest that stopping may take: what is in hand, and telling the others.</summary>
    public TimeSpan StopLimit => TimeSpan.FromSeconds(GraceSeconds + 15);

    public Patience Patience => new() { Grace = TimeSpan.FromSeconds(GraceSeconds) };

    /// <summary>What is wrong with it, everything at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (Store.Length == 0)
        {
            yield return "Atlas:Store is not given; name the folder that all silos share with --Atlas:Store DIR.";
        }

        foreach (var (name, value) in new[] { ("SiloPort", SiloPort), ("GatewayPort", GatewayPort), ("PrimaryPort", PrimaryPort) })
        {
            if (value is < 1 or > 65535)
            {
                yield return $"Atlas:{name} is {value}; a port is 1 to 65535.";
            }
        }

        foreach (var (name, value) in new[] { ("FilmsInFlight", FilmsInFlight), ("SegmentsPerFilm", SegmentsPerFilm) })
        {
            if (value < 1)
            {
                yield return $"Atlas:{name} is {value}; it is at least 1.";
            }
        }

        if (!(GraceSeconds is >= 0 and <= 600) || !(ProbeSeconds is >= 0.5 and <= 60))
        {
            yield return $"Atlas:GraceSeconds is {GraceSeconds} (0 to 600) and Atlas:ProbeSeconds {ProbeSeconds} (0.5 to 60).";
        }
    }
}
