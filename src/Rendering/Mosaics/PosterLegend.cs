namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How the films of a poster are listed below its frames: in columns, read from the top; as large as the room allows.</summary>
/// <param name="Text">Height of a line's text in pixels.</param>
/// <param name="Columns">Columns of films.</param>
/// <param name="Rows">Lines a column.</param>
/// <param name="Films">What the columns say.</param>
/// <param name="LeftOut">Films there is no room for, however small the text.</param>
internal sealed record PosterLegend(int Text, int Columns, int Rows, IReadOnlyList<string> Films, int LeftOut)
{
    /// <summary>Share of the sheet's height that a legend takes while its text is large, and at most.</summary>
    private const double Comfortable = 0.1;
    private const double Most = 0.4;

    /// <summary>Pixels of the smallest text: 2.2 mm at 300 dots an inch, such as on the back of a ticket.</summary>
    private const int SmallestText = 26;

    /// <summary>Width of a letter of DejaVu Sans over the height of its line; few names are wider on average.</summary>
    private const double LetterWidth = 0.56;

    /// <summary>Height of a line that is read from below another.</summary>
    public static int LineHeight(int text) => text * 3 / 2;

    /// <summary>Finds the largest text with which all films stand in a tenth of the sheet; where there are too many, the smallest one, and
    /// then at most two fifths of the sheet.</summary>
    /// <param name="films">One line each.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels of the whole sheet.</param>
    /// <param name="largest">Height of the largest text.</param>
    public static PosterLegend Fit(IReadOnlyList<string> films, int width, int height, int largest)
    {
        var smallest = Math.Min(SmallestText, largest);
        for (var text = largest; text >= smallest; text--)
        {
            var columns = ColumnsOf(films, width, text);
            var rows = (films.Count + columns - 1) / columns;
            if (rows * LineHeight(text) <= Comfortable * height)
            {
                return new PosterLegend(text, columns, rows, films, 0);
            }
        }

        var most = ColumnsOf(films, width, smallest);
        var room = Math.Max(1, (int)(Most * height / LineHeight(smallest)));
        return films.Count <= most * room
            ? new PosterLegend(smallest, most, (films.Count + most - 1) / most, films, 0)
            : new PosterLegend(smallest, most, room, [.. films.Take((most * room) - 1)], films.Count - (most * room) + 1);
    }

    private static int ColumnsOf(IReadOnlyList<string> films, int width, int text)
    {
        var longest = films.Count == 0 ? 1 : films.Max(film => film.Length);
        return Math.Clamp((int)(width / ((longest + 2) * LetterWidth * text)), 2, Math.Max(2, films.Count));
    }
}
