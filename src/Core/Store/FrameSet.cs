using System.Text.Json.Serialization;

namespace OrleansAtlas.Store;

/// <summary>The frames of a segment that is done.</summary>
/// <param name="Segment">Its number in the film, from 0.</param>
/// <param name="Count">Frames in it.</param>
public readonly record struct SegmentFrames(int Segment, int Count)
{
    /// <summary>Whether it has a note of how it was reached. A damaged film and the same film mended may have one id and as many frames;
    /// what is damaged has notes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Noted { get; init; }

    /// <summary>A text that is the same only for the same frames.</summary>
    internal string Fingerprint => $"{Segment}:{Count}{(Noted ? "~" : "")}";
}

/// <summary>The frames of a film that are there.</summary>
/// <param name="Id">Content id.</param>
/// <param name="Segments">Segments that are done, in order; those without frames are left out.</param>
public sealed record FilmFrames(string Id, IReadOnlyList<SegmentFrames> Segments)
{
    /// <summary>Frames in all of them.</summary>
    public int Count { get; } = Segments.Sum(segment => segment.Count);

    /// <summary>A text that is the same only for the same frames.</summary>
    public string Fingerprint => $"{Id} {string.Join(' ', Segments.Select(segment => segment.Fingerprint))}";
}

/// <summary>A fixed choice of frames in the order every step uses: film id, then segment, then time.</summary>
/// <param name="Films">In ordinal order of their ids; films without frames are left out.</param>
public sealed record FrameSet(IReadOnlyList<FilmFrames> Films)
{
    /// <summary>Frames in all films.</summary>
    public long Count { get; } = Films.Sum(film => (long)film.Count);

    /// <summary>A name made from the frames.</summary>
    public string Version => ArtifactNames.Version(Films.Select(film => film.Fingerprint));
}
