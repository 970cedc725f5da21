using System.Numerics.Tensors;

namespace OrleansAtlas.Web.Maps;

/// <summary>Frames like a frame, one of each shot: the moments beside a frame are always most like it, and tell nothing. Exact, by reading
/// all reduced vectors.</summary>
internal static class OtherShots
{
    // A step from frame to frame this many times the film's usual one is a cut.
    private const double Cut = 4;

    /// <summary>The best frame of each other film, and of each other shot of the frame's own film; nearest first.</summary>
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
            .GroupBy(frame => open.Map[frame.Number].FilmIndex, (_, parts) => parts.MinBy(frame => frame.Distance));
        var shots = Shots(open, rows, number).Where(shot => !shot.Any(frame => frame.Number == number));
        return Nearest(others.Concat(shots.Select(shot => shot.MinBy(frame => frame.Distance))), count);
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
        var shots = Shots(open, rows, number).ToLookup(shot => shot.Any(frame => frame.Number == number));
        var others = Nearest(shots[false].Select(shot => shot.MinBy(frame => frame.Distance)), count);
        var own = Nearest(shots[true].SelectMany(shot => shot).Where(frame => frame.Number != number), count - others.Count);
        return [.. others, .. own];
    }

    /// <summary>The frames of the frame's film, shot by shot, with their distances from it.</summary>
    private static List<List<FoundFrame>> Shots(OpenMap open, ReducedRows rows, int number)
    {
        var range = open.FramesOf(open.Map[number].FilmIndex);
        var (first, count) = (range.Start.Value, range.End.Value - range.Start.Value);
        var vectors = rows.Read(first, count);
        var steps = new float[Math.Max(0, count - 1)];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = TensorPrimitives.Distance(Row(i), Row(i + 1));
        }

        var usual = steps.Length == 0 ? 0 : steps.Order().ElementAt(steps.Length / 2);
        var shots = new List<List<FoundFrame>>();
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || steps[i - 1] > Cut * usual)
            {
                shots.Add([]);
            }

            shots[^1].Add(new FoundFrame(first + i, TensorPrimitives.Distance(Row(i), Row(number - first))));
        }

        return shots;

        ReadOnlySpan<float> Row(int i) => vectors.AsSpan(i * rows.Width, rows.Width);
    }

    private static List<FoundFrame> Nearest(IEnumerable<FoundFrame> frames, int count) =>
        [.. frames.OrderBy(frame => frame.Distance).ThenBy(frame => frame.Number).Take(Math.Max(0, count))];
}
