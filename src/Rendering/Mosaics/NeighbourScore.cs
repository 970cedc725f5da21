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
        var groups = layout.Cells.Select(cell => group(cell.Frame)).ToArray();
        var (together, pairs) = (0L, 0L);
        for (var cell = 0; cell < groups.Length; cell++)
        {
            if (cell % layout.Columns + 1 < layout.Columns)
            {
                pairs++;
                together += groups[cell] == groups[cell + 1] ? 1 : 0;
            }

            if (cell + layout.Columns < groups.Length)
            {
                pairs++;
                together += groups[cell] == groups[cell + layout.Columns] ? 1 : 0;
            }
        }

        var same = groups.CountBy(g => g).Sum(g => (double)g.Value * (g.Value - 1));
        return new NeighbourScore(pairs == 0 ? double.NaN : (double)together / pairs, same / ((double)groups.Length * (groups.Length - 1)));
    }
}
