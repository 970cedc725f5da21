using System.Globalization;
using System.Net;
using System.Text;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A page that shows a mosaic; over each cell it says film and time, and a click opens the film there.</summary>
internal static class MosaicImageMap
{
    /// <summary>The page as UTF-8.</summary>
    /// <param name="picture">File name of the picture, beside the page.</param>
    /// <param name="title">Of the page.</param>
    /// <param name="layout">The cells.</param>
    /// <param name="geometry">Their pixels.</param>
    /// <param name="map">Knows the films.</param>
    public static ReadOnlyMemory<byte> ToHtml(string picture, string title, GridLayout layout, MosaicGeometry geometry, AtlasMap map)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(map);
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <img src="{Uri.EscapeDataString(picture)}" width="{geometry.Width}" height="{geometry.Height}" alt="{WebUtility.HtmlEncode(
                title
            )}" usemap="#cells">
            <map name="cells">

            """
        );
        foreach (var cell in layout.Cells)
        {
            var place = geometry.Cell(cell.Column, cell.Row);
            var time = TimeSpan.FromSeconds(cell.Frame.Time);
            var text = WebUtility.HtmlEncode(
                string.Create(CultureInfo.InvariantCulture, $@"{map.NameOf(cell.Frame.FilmIndex)}, {time:h\:mm\:ss\.fff}")
            );
            var source = map.Films[cell.Frame.FilmIndex]?.Sources is [var first, ..] ? new Uri(first.Path).AbsoluteUri : "#";
            page.Append(
                CultureInfo.InvariantCulture,
                $"<area shape=\"rect\" coords=\"{place.X},{place.Y},{place.X + place.Width},{place.Y + place.Height}\" "
                    + $"title=\"{text}\" alt=\"{text}\" href=\"{WebUtility.HtmlEncode(source)}#t={cell.Frame.Time:0.###}\">\n"
            );
        }

        return Encoding.UTF8.GetBytes(page.Append("</map>\n</html>\n").ToString());
    }
}
