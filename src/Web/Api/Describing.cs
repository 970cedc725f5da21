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
            open.GroupOf(frame.FilmIndex)
        );
    }

    public static FilmDocument Film(this OpenMap open, int film)
    {
        var record = open.Map.Films[film];
        return new FilmDocument(
            open.Map.FilmIds[film],
            open.Map.NameOf(film),
            open.LengthOf(film),
            open.CountOf(film),
            record is null ? null : MapFilter.DayOf(record),
            record is not null && MapFilter.TakenOf(record) is not null,
            record?.Info?.Kind == MediaKind.Photo ? "photo" : "film",
            record is null ? null : SourceTypes.Of(record),
            open.GroupOf(film)
        );
    }

    public static GroupDocument Group(FilmGroup group, int number) =>
        new(
            number,
            group.Name,
            group.Films,
            group.Frames,
            Palette.Category(number).ToString(),
            Palette.Category(number, onDark: true).ToString()
        );

    public static string Timecode(double seconds) =>
        TimeSpan.FromMilliseconds(Math.Round(Math.Max(0, seconds) * 1000)).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
