using System.Numerics.Tensors;

namespace OrleansAtlas.Web.Maps;

/// <summary>Frames like a frame, one of each shot: the moments beside a frame are always most like it, and tell nothing. Exact, by reading
/// all reduced vectors.</summary>
internal static class OtherShots
{
    private const int Sampled = 32;

    /// <summary>The best frame of each other film, and of each other shot of the frame's own film, which takes no more than half the
    /// places where there are other films for them; nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> OfFrameAsync(
        OpenMap open,
        int number,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        var (vector, own) = (rows.Read(number, 1), open.Map[number].FilmIndex);
        var best = new BestOfFilms[ReducedRows.Parts];
        await rows.ScanAsync(
            (part, first, piece) =>
            {
                var films = best[part] ??= new BestOfFilms(open.Map.Films.Count);
                for (var row = 0; row < piece.Length / rows.Width; row++)
                {
                    var film = open.Map[first + row].FilmIndex;
                    var distance = TensorPrimitives.Distance(piece.Slice(row * rows.Width, rows.Width), vector);
                    if (film != own)
                    {
                        films.Offer(film, first + row, distance);
                    }
                }
            },
            cancellationToken
        );
        var others = best.Where(films => films is not null)
            .SelectMany(films => films.Frames())
            .Where(frame => open.Map.Films[open.Map[frame.Number].FilmIndex] is not null)
            .GroupBy(frame => open.Map[frame.Number].FilmIndex, (_, parts) => parts.MinBy(frame => frame.Distance))
            .ToList();
        var shots = ShotsOf(open, rows, number).Where(shot => !shot.Any(frame => frame.Number == number));
        var ofOwn = Nearest(shots.Select(shot => shot.MinBy(frame => frame.Distance)), Math.Max(count / 2, count - others.Count));
        return Nearest(others.Concat(ofOwn), count);
    }

    /// <summary>The best frame of each other shot of the frame's own film, then those of its own shot; each part nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> InFilmAsync(
        OpenMap open,
        int number,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        var shots = ShotsOf(open, rows, number).ToLookup(shot => shot.Any(frame => frame.Number == number));
        var others = Nearest(shots[false].Select(shot => shot.MinBy(frame => frame.Distance)), count);
        var own = Nearest(shots[true].SelectMany(shot => shot).Where(frame => frame.Number != number), count - others.Count);
        return [.. others, .. own];
    }

    /// <summary>The frames of the frame's film, shot by shot, with their distances from it.</summary>
    private static List<List<FoundFrame>> ShotsOf(OpenMap open, ReducedRows rows, int number)
    {
        var range = open.FramesOf(open.Map[number].FilmIndex);
        var (first, count) = (range.Start.Value, range.End.Value - range.Start.Value);
        var vectors = rows.Read(first, count);
        var starts = Shots.Starts(vectors, rows.Width, SpreadOfMap(open, rows));
        return
        [
            .. starts.Select(
                (start, shot) =>
                    Enumerable.Range(start, (shot + 1 < starts.Count ? starts[shot + 1] : count) - start).Select(Found).ToList()
            ),
        ];

        FoundFrame Found(int i) => new(first + i, TensorPrimitives.Distance(Row(i), Row(number - first)));
        ReadOnlySpan<float> Row(int i) => vectors.AsSpan(i * rows.Width, rows.Width);
    }

    private static float SpreadOfMap(OpenMap open, ReducedRows rows)
    {
        var taken = Math.Min(Sampled, open.Map.Count);
        float[] sample = [.. Enumerable.Range(0, taken).SelectMany(i => rows.Read((int)((long)i * open.Map.Count / taken), 1))];
        return Shots.Spread(sample, rows.Width);
    }

    private static List<FoundFrame> Nearest(IEnumerable<FoundFrame> frames, int count) =>
        [.. frames.OrderBy(frame => frame.Distance).ThenBy(frame => frame.Number).Take(Math.Max(0, count))];
}
