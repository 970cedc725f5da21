using System.Text.Json.Serialization;

namespace OrleansAtlas.Media;

/// <summary>How one film is decoded; chosen once per film, stored, and the same wherever its segments run.</summary>
public sealed record DecodePlan
{
    /// <summary>What is decoded to get the samples.</summary>
    public required DecodeStrategy Strategy { get; init; }

    /// <summary>Why this strategy, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Seconds between samples; sample k is the first decodable frame shown from <c>Start + k * Interval - HalfFrame</c> on and
    /// before the same for k + 1; where a film of variable rate shows none in that time, there is no sample k.</summary>
    public required double Interval { get; init; }

    /// <summary>Presentation time in seconds where sample 0 begins.</summary>
    public required double Start { get; init; }

    /// <summary>Half the duration of a frame in seconds: the tolerance in comparing times with the sampling grid.</summary>
    public required double HalfFrame { get; init; }

    /// <summary>Samples expected in the whole film, at least 1; off by one where the container's duration is.</summary>
    public required int Samples { get; init; }

    /// <summary>Samples a segment covers: segment n has samples n * SamplesPerSegment and following; the last one has what is left, to the
    /// film's end.</summary>
    public required int SamplesPerSegment { get; init; }

    /// <summary>Size of a decoded frame in pixels, upright, square pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Size of a decoded frame in pixels, upright, square pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The cell of the sampling grid each segment begins with, where only cells that show a new frame count: slides, pauses,
    /// variable rates. Null where every cell counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? FirstCells { get; init; }

    /// <summary>Number of segments, numbered from 0.</summary>
    public int Segments => (Samples + SamplesPerSegment - 1) / SamplesPerSegment;

    /// <summary>Makes sure that there is such a segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    internal void Require(int segment, string path)
    {
        if (segment < 0 || segment >= Segments)
        {
            throw new ArgumentOutOfRangeException(
                nameof(segment),
                segment,
                $"{FilmFile.NameOf(path)} has the segments 0 to {Segments - 1}; there is no {segment}."
            );
        }
    }
}
