using System.Globalization;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Store;

/// <summary>What a listing shows of films' segments: a segment is done when its descriptors, times and, where it has frames, pictures are
/// there. Files with other names, as programs that copy folders leave, are not looked at.</summary>
/// <param name="settings">Of the collection, which say how long a frame's descriptor is and whether artifacts carry checksums.</param>
public sealed class SegmentListing(CollectionSettings settings)
{
    private readonly SortedDictionary<string, Dictionary<int, Parts>> _films = new(StringComparer.Ordinal);
    private readonly int _header = Npy.Header<Half>(1, settings.Model.Dimensions).Length;

    [Flags]
    private enum Part
    {
        Features = 1,
        Times = 2,
        Frames = 4,
        Reached = 8,
    }

    /// <summary>Films of which anything is there, in ordinal order.</summary>
    public IEnumerable<string> Films => _films.Keys;

    /// <summary>Takes an artifact into account.</summary>
    public void Add(ArtifactEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Name.Split('/') is not [_, "videos", var id, var file] || Parse(file) is not (var part, var number))
        {
            return;
        }

        if (!_films.TryGetValue(id, out var segments))
        {
            _films[id] = segments = [];
        }

        var parts = segments.GetValueOrDefault(number);
        segments[number] = new Parts(parts.There | part, part == Part.Features ? CountOf(entry.Length) : parts.Count);
    }

    /// <summary>Segments of a film that are done, in order.</summary>
    public IEnumerable<SegmentFrames> Done(string id) =>
        from segment in _films.GetValueOrDefault(id, [])
        where segment.Value.IsDone
        orderby segment.Key
        select new SegmentFrames(segment.Key, segment.Value.Count) { Noted = segment.Value.There.HasFlag(Part.Reached) };

    /// <summary>The same, and forgets the film.</summary>
    internal IReadOnlyList<SegmentFrames> TakeDone(string id)
    {
        SegmentFrames[] done = [.. Done(id)];
        _films.Remove(id);
        return done;
    }

    /// <summary>Segments of a film that have descriptors, and so look done to whoever asks for those alone, but have lost something
    /// else.</summary>
    public IEnumerable<int> Incomplete(string id) =>
        _films.GetValueOrDefault(id, []).Where(segment => segment.Value is { IsDone: false, HasFeatures: true }).Select(s => s.Key).Order();

    // The number of frames follows from the length of the file, so that a listing is enough to know all frames.
    private int CountOf(long length) =>
        (int)
            Math.Clamp(
                (length - _header - (settings.Format == 1 ? 0 : Checksum.TrailerLength)) / (2L * settings.Model.Dimensions),
                0,
                int.MaxValue
            );

    /// <summary>Segments of a film of which something is there and something is not.</summary>
    public IEnumerable<int> Lost(string id) =>
        _films
            .GetValueOrDefault(id, [])
            .Where(segment => segment.Value is { IsDone: false, There: not Part.Reached })
            .Select(segment => segment.Key)
            .Order();

    /// <summary>Segments of a film that were not reached as planned, or gave less than they should: those with a note.</summary>
    internal IEnumerable<int> Noted(string id) =>
        _films.GetValueOrDefault(id, []).Where(segment => segment.Value.There.HasFlag(Part.Reached)).Select(segment => segment.Key).Order();

    private static (Part Part, int Number)? Parse(string file)
    {
        Part? part = file switch
        {
            _ when file.StartsWith("features-", StringComparison.Ordinal) && file.EndsWith(".npy", StringComparison.Ordinal) =>
                Part.Features,
            _ when file.StartsWith("times-", StringComparison.Ordinal) && file.EndsWith(".npy", StringComparison.Ordinal) => Part.Times,
            _ when file.StartsWith("frames-", StringComparison.Ordinal) && Path.GetExtension(file) is ".npy" or ".jpgs" => Part.Frames,
            _ when file.StartsWith("reached-", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) =>
                Part.Reached,
            _ => null,
        };
        var digits = Path.GetFileNameWithoutExtension(file)[(file.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return
            part is { } known && digits.Length >= 5 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (known, number)
            : null;
    }

    private readonly record struct Parts(Part There, int Count)
    {
        public bool HasFeatures => There.HasFlag(Part.Features);

        public bool IsDone => There.HasFlag(Part.Features | Part.Times) && (Count == 0 || There.HasFlag(Part.Frames));
    }
}
