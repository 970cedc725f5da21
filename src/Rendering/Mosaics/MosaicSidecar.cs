using System.Text.Json;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>What stands where in a mosaic, as JSON beside the picture.</summary>
internal static class MosaicSidecar
{
    /// <summary>The document as UTF-8: <c>picture, width, height, columns, rows, view { x, y, width }, cells [ { column, row, left, top,
    /// width, height (pixels), film, time (seconds), x, y (on the map), displacement (share of the window's side) } ]</c>, cells in reading
    /// order.</summary>
    /// <param name="picture">File name of the picture.</param>
    /// <param name="layout">The cells.</param>
    /// <param name="geometry">Their pixels.</param>
    /// <param name="films">Names of the films, by <see cref="MapFrame.FilmIndex"/>.</param>
    public static byte[] ToJson(string picture, GridLayout layout, MosaicGeometry geometry, IReadOnlyList<string> films)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("picture", picture);
            json.WriteNumber("width", geometry.Width);
            json.WriteNumber("height", geometry.Height);
            json.WriteNumber("columns", layout.Columns);
            json.WriteNumber("rows", layout.Rows);
            json.WriteStartObject("view");
            json.WriteNumber("x", layout.View.X);
            json.WriteNumber("y", layout.View.Y);
            json.WriteNumber("width", layout.View.Width);
            json.WriteEndObject();
            json.WriteStartArray("cells");
            foreach (var cell in layout.Cells)
            {
                WriteCell(json, cell, geometry.Cell(cell.Column, cell.Row), films[cell.Frame.FilmIndex], layout.Displacement(cell));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return memory.ToArray();
    }

    private static void WriteCell(Utf8JsonWriter json, GridCell cell, PixelRectangle place, string film, double displacement)
    {
        json.WriteStartObject();
        json.WriteNumber("column", cell.Column);
        json.WriteNumber("row", cell.Row);
        json.WriteNumber("left", place.X);
        json.WriteNumber("top", place.Y);
        json.WriteNumber("width", place.Width);
        json.WriteNumber("height", place.Height);
        json.WriteString("film", film);
        json.WriteNumber("time", Math.Round(cell.Frame.Time, 6));
        json.WriteNumber("x", Math.Round(cell.Frame.X, 6));
        json.WriteNumber("y", Math.Round(cell.Frame.Y, 6));
        json.WriteNumber("displacement", Math.Round(displacement, 6));
        json.WriteEndObject();
    }
}
