using System.Text.Json.Serialization;
using OrleansAtlas.Media;

namespace OrleansAtlas.Store;

/// <summary>A film as the store knows it, <c>video.json</c>: one per content id, with every name the film goes by.</summary>
public sealed record VideoRecord
{
    /// <summary>Content id: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Where it was found, in ordinal order of the paths; empty once it was removed.</summary>
    public required IReadOnlyList<VideoSource> Sources { get; init; }

    /// <summary>What probing found; null where it failed.</summary>
    public VideoInfo? Info { get; init; }

    /// <summary>Why it could not be used the last time it was tried; null where all went well.</summary>
    public string? Failure { get; init; }

    /// <summary>What of it cannot be decoded; null for a film that is whole. What can be is kept and on the map.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FilmDamage? Damage { get; init; }

    /// <summary>Whether none of its files was there when their folders were listed last; what was computed from it is kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gone { get; init; }

    /// <summary>The id made of parts of its file, where another film has that id: this one's is made of the whole file. Null for a film
    /// whose id is made of parts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PartsId { get; init; }

    /// <summary>The name it is called by: its first one.</summary>
    public string Name => Sources.Count > 0 ? Sources[0].Name : Id;

    /// <summary>Why it could not be used, by the name of one of its sources: the reason may call it by another.</summary>
    public string? FailureOf(VideoSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var called = Sources
            .Select(other => Last(other.Name))
            .FirstOrDefault(name =>
                Failure?.StartsWith(name + " ", StringComparison.Ordinal) == true
                || Failure?.StartsWith($"'{name}' ", StringComparison.Ordinal) == true
            );
        var quote = Failure is ['\'', ..] ? 1 : 0;
        return called is null ? Failure : Failure![..quote] + Last(source.Name) + Failure[(quote + called.Length)..];

        static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];
    }

    /// <summary>The same with other sources: what is said of its damage calls it by the name it has now.</summary>
    public VideoRecord At(IReadOnlyList<VideoSource> sources)
    {
        var moved = this with { Sources = sources };
        return Damage is { } damage && damage.Reason.StartsWith(Name + " ", StringComparison.Ordinal)
            ? moved with
            {
                Damage = damage with { Reason = moved.Name + damage.Reason[Name.Length..] },
            }
            : moved;
    }
}

/// <summary>What of a film cannot be decoded.</summary>
/// <param name="Reason">Where, how much and why, one sentence.</param>
/// <param name="Sha256">SHA-256 of the whole file, lower-case hexadecimal: a file of this content id with another one was repaired.</param>
public sealed record FilmDamage(string Reason, string Sha256);

/// <summary>One place a film was found at.</summary>
/// <param name="Name">Path relative to the folder that was indexed, with <c>/</c>.</param>
/// <param name="Path">Absolute path, or an address without a secret.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Time of last change, UTC; with the length it only decides whether to hash again.</param>
public sealed record VideoSource(string Name, string Path, long Length, DateTime Modified)
{
    /// <summary>The path without links in it when it was indexed; null where it is <see cref="Path"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>Another one after every change of a film that is no file; null for a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }
}
