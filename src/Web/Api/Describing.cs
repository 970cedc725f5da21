using System.Globalization;
using OrleansAtlas.Media;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>Frames and films of a map as the API tells them.</summary>
internal static class Describing
{
    public static FrameDocument Frame(this OpenMap open, int number)
    {
        var map = open.Map;
        var frame = map[number];
        var trust = map.Trust[number];
        return new FrameDocument(
            number,
            map.FilmIds[frame.FilmIndex],
            map.NameOf(frame.FilmIndex),
            frame.Time,
            Timecode(frame.Time),
            open.LengthOf(frame.FilmIndex),
            frame.X,
            frame.Y,
            float.IsNaN(trust) ? null : trust,
            Palette.Category(open.ColourRank(frame.FilmIndex)).ToString()
        );
    }

    public static FilmDocument Film(this OpenMap open, int film)
    {
        var (record, frames) = (open.Map.Films[film], open.FramesOf(film));
        return new FilmDocument(
            open.Map.FilmIds[film],
            open.Map.NameOf(film),
            open.LengthOf(film),
            frames.End.Value - frames.Start.Value,
            record is null ? null : MapFilter.DayOf(record),
            record?.Info?.Kind == MediaKind.Photo ? "photo" : "film",
            record is null ? null : SourceTypes.Of(record),
            Palette.Category(open.ColourRank(film)).ToString()
        );
    }

    public static string Timecode(double seconds) =>
        TimeSpan.FromMilliseconds(Math.Round(Math.Max(0, seconds) * 1000)).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
