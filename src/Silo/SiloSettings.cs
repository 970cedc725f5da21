using System.ComponentModel.DataAnnotations;
using System.Net;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Hosting;
using OrleansAtlas.Work;

namespace OrleansAtlas.Silo;

/// <summary>The section <c>Atlas</c> of the configuration: <c>Atlas__Store</c> in the environment, <c>--Atlas:Store</c> on the command
/// line.</summary>
internal sealed record SiloSettings : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Atlas";

    /// <summary>Folder of the store, the same for all silos, or the address of a container of Azure Blob Storage.</summary>
    public string Store { get; init; } = "";

    /// <summary>How silos find one another.</summary>
    public Clustering Clustering { get; init; }

    /// <summary>Address of the Redis server, <c>host:port</c>, without user and password.</summary>
    public string Redis { get; init; } = "localhost:6379";

    /// <summary>User of the Redis server's access list; null for its default one.</summary>
    public string? RedisUser { get; init; }

    /// <summary>File whose first line is the user's password.</summary>
    public string? RedisPasswordFile { get; init; }

    /// <summary>The password itself, from the environment alone; the file goes before.</summary>
    public string? RedisPassword { get; init; }

    /// <summary>Whether the Redis server is reached by TLS.</summary>
    public bool RedisTls { get; init; }

    /// <summary>PEM file of the authority that the Redis server's certificate must come from; null for those the system trusts.</summary>
    public string? RedisAuthorityFile { get; init; }

    /// <summary>The certificates of the wires between silos and to gateways; without them wires are plain.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>Silos with another one do not see one another.</summary>
    public string ClusterId { get; init; } = "atlas";

    /// <summary>The address that others reach this silo at; not needed on one machine or on Kubernetes.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Where this silo listens, for a machine that others reach at another address; null for <see cref="Address"/>, and on
    /// Kubernetes for all addresses.</summary>
    public string? ListenAddress { get; init; }

    /// <summary>Port for other silos.</summary>
    [Allowed(1, 65535)]
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients.</summary>
    [Allowed(1, 65535)]
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The silo port of the first of several silos on one machine; null for this one.</summary>
    [Allowed(1, 65535)]
    public int? PrimaryPort { get; init; }

    /// <summary>Segments worked on at once; 0 for one more than there are cores.</summary>
    [Allowed(0, 10_000)]
    public int Slots { get; init; }

    /// <summary>Films worked on at once in the whole cluster, for a collection whose grain is on this silo: more than all silos'
    /// slots.</summary>
    [Allowed(1, 100_000)]
    public int FilmsInFlight { get; init; } = 64;

    /// <summary>Segments of one film under way at once, in all silos: two keep one slot busy without a pause.</summary>
    [Allowed(1, 10_000)]
    public int SegmentsPerFilm { get; init; } = 2;

    /// <summary>Names or ONNX files of the models that describe, the first one for collections that do not say; none for those in the
    /// model folder.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>What fits models where this silo is asked to.</summary>
    public TrainerKind Trainer { get; init; }

    /// <summary>Seconds that segments in hand may take to end when the silo is asked to stop.</summary>
    [Allowed(0, 600)]
    public double GraceSeconds { get; init; } = 20;

    /// <summary>Seconds between two looks at another silo; after three without an answer it is taken for dead.</summary>
    [Allowed(0.5, 60)]
    public double ProbeSeconds { get; init; } = 5;

    /// <summary>Whether segments should rather come here than to silos without; found out where it is not said.</summary>
    public bool? Gpu { get; init; }

    /// <summary>Whether Orleans' dashboard is at <c>/dashboard</c> of the silo's HTTP address.</summary>
    public bool Dashboard { get; init; }

    /// <summary>File with the key that the silo's HTTP side asks for, but for <c>/health</c>; without it, on any address but loopback,
    /// <c>/health</c> is all there is.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether the HTTP side is open to all who reach it, on purpose.</summary>
    public bool NoAuth { get; init; }

    /// <summary>A port for <c>/metrics</c> alone, which asks for no key; 0 for none: then it is on the HTTP side, behind the key.</summary>
    [Allowed(0, 65535)]
    public int MetricsPort { get; init; }

    /// <summary>What Kubernetes says of this pod; nothing elsewhere.</summary>
    public (string? Name, string? Address) Pod =>
        Clustering == Clustering.Kubernetes
            ? (Environment.GetEnvironmentVariable("POD_NAME"), Environment.GetEnvironmentVariable("POD_IP"))
            : default;

    public bool HasGpu => Gpu ?? File.Exists("/dev/nvidiactl");

    public int SlotsOrDefault => Slots > 0 ? Slots : new WorkOptions().SegmentSlots;

    /// <summary>Longest that stopping may take: what is in hand, and telling the others.</summary>
    public TimeSpan StopLimit => TimeSpan.FromSeconds(GraceSeconds + 15);

    public WorkTimeouts Timeouts => new() { Grace = TimeSpan.FromSeconds(GraceSeconds) };

    /// <summary>What is wrong with the settings that are not numbers.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Store.Length == 0)
        {
            yield return new(
                $"{Section}:Store is not given; name the folder or the container that all silos share with --{Section}:Store DIR|URL."
            );
        }

        if (!ClusterService.IsClusterId(ClusterId))
        {
            yield return new($"{Section}:ClusterId is '{ClusterId}'; give {ClusterService.ClusterIds} with --{Section}:ClusterId ID.");
        }

        if (!Enum.IsDefined(Clustering))
        {
            var known = string.Join(", ", Enum.GetNames<Clustering>());
            yield return new($"{Section}:Clustering is {Clustering}; give {known} or leave it out.");
        }

        if (!Enum.IsDefined(Trainer))
        {
            yield return new($"{Section}:Trainer is {Trainer}; give {string.Join(", ", Enum.GetNames<TrainerKind>())} or leave it out.");
        }

        var (name, address) = Pod.Address is { } pod ? ("POD_IP", pod) : ($"{Section}:Address", Address);
        if (!IPAddress.TryParse(address, out _))
        {
            yield return new(
                $"{name} is '{address}'; give the IP address that others reach this silo at with --{Section}:Address ADDRESS."
            );
        }

        if (ListenAddress is not null && !IPAddress.TryParse(ListenAddress, out _))
        {
            yield return new(
                $"{Section}:ListenAddress is '{ListenAddress}'; give the IP address to listen on with --{Section}:ListenAddress ADDRESS, "
                    + "or leave it out."
            );
        }

        foreach (var problem in WireSettings.Problems(this))
        {
            yield return new(problem);
        }
    }
}
