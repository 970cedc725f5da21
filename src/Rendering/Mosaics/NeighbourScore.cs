using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How well a grid keeps what is alike together.</summary>
/// <param name="Share">Share of the pairs of cells side by side or one above the other that belong together, e.g. show the same
/// film.</param>
/// <param name="Shuffled">The share to expect if the same frames were shuffled: the chance that two different cells belong
/// together.</param>
public sealed record NeighbourScore(double Share, double Shuffled)
{
    /// <summary>How many times as often as in a shuffled layout; not a number where nothing belongs together.</summary>
    public double Ratio => Share / Shuffled;

    /// <summary>Scores a grid by film.</summary>
    public static NeighbourScore ByFilm(GridLayout layout) => Of(layout, frame => frame.FilmIndex);

    /// <summary>Scores a grid by any group of frames, e.g. film or scene.</summary>
    public static NeighbourScore Of(GridLayout layout, Func<MapFrame, int> group)
    {
        var groups = layout.Cells.ToDictionary(cell => (cell.Column, cell.Row), cell => group(cell.Frame));
        var (together, pairs) = (0L, 0L);
        foreach (var ((column, row), own) in groups)
        {
            foreach (var beside in ((int, int)[])[(column + 1, row), (column, row + 1)])
            {
                if (groups.TryGetValue(beside, out var other))
                {
                    pairs++;
                    together += own == other ? 1 : 0;
                }
            }
        }

        var same = groups.Values.CountBy(g => g).Sum(g => (double)g.Value * (g.Value - 1));
        return new NeighbourScore(pairs == 0 ? double.NaN : (double)together / pairs, same / ((double)groups.Count * (groups.Count - 1)));
    }
}
