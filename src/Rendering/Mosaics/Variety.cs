using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Leaves out frames that show what another shows: of the same film and nearly the same time.</summary>
public static class Variety
{
    /// <summary>Seconds two frames of a film are apart at variety 1.</summary>
    public const double LargestGap = 2;

    private const int Halvings = 12;

    /// <summary>Frames of which no two of one film are nearer in time than <c>2 s * variety</c>. Where that leaves fewer than
    /// are needed, the gap is halved, and those in between are added, until there are enough; all of them in the end.</summary>
    /// <param name="frames">Frames to choose from.</param>
    /// <param name="needed">How many have to remain, at most as many as there are.</param>
    /// <param name="variety">0 keeps every frame, 1 spreads them widest.</param>
    /// <returns>The indices of the frames that remain, ascending.</returns>
    public static int[] Thin(IReadOnlyList<MapFrame> frames, int needed, double variety)
    {
        if (variety is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(variety),
                $"Variety goes from 0 (any frame) to 1 (frames of a film at least {LargestGap} s apart), not {variety}."
            );
        }

        if (variety == 0)
        {
            return [.. Enumerable.Range(0, frames.Count)];
        }

        var kept = new bool[frames.Count];
        var count = 0;
        var order = Enumerable
            .Range(0, frames.Count)
            .OrderBy(i => frames[i].FilmIndex)
            .ThenBy(i => frames[i].Time)
            .ThenBy(i => i)
            .ToArray();
        var gap = LargestGap * variety;
        for (var level = 0; level <= Halvings && (level == 0 || count < needed); level++, gap /= 2)
        {
            count += Keep(frames, order, kept, level == Halvings ? 0 : gap);
        }

        return [.. Enumerable.Range(0, frames.Count).Where(i => kept[i])];
    }

    /// <summary>Keeps each frame that is this far from the last one kept and from the next one kept before.</summary>
    private static int Keep(IReadOnlyList<MapFrame> frames, int[] order, bool[] kept, double gap)
    {
        var added = 0;
        var next = NextKept(frames, order, kept);
        var (film, last) = (-1, double.NegativeInfinity);
        for (var k = 0; k < order.Length; k++)
        {
            var frame = frames[order[k]];
            last = frame.FilmIndex == film ? last : double.NegativeInfinity;
            film = frame.FilmIndex;
            if (!kept[order[k]] && frame.Time - last >= gap && next[k] - frame.Time >= gap)
            {
                kept[order[k]] = true;
                added++;
            }

            last = kept[order[k]] ? frame.Time : last;
        }

        return added;
    }

    private static double[] NextKept(IReadOnlyList<MapFrame> frames, int[] order, bool[] kept)
    {
        var next = new double[order.Length];
        var (film, time) = (-1, double.PositiveInfinity);
        for (var k = order.Length - 1; k >= 0; k--)
        {
            var frame = frames[order[k]];
            time = frame.FilmIndex == film ? time : double.PositiveInfinity;
            film = frame.FilmIndex;
            next[k] = time;
            time = kept[order[k]] ? frame.Time : time;
        }

        return next;
    }
}
