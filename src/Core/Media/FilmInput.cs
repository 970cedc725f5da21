using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>How ffmpeg opens a film to play it: the file alone, as what it was found to be, at a time of the film's own clock.</summary>
public static class FilmInput
{
    /// <summary>Arguments of ffmpeg and ffprobe before they open a film: that file alone, and only as what this program knows as a
    /// film.</summary>
    /// <param name="path">The film.</param>
    /// <param name="info">What probing said about it.</param>
    public static IReadOnlyList<string> Limits(string path, VideoInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return FilmFormats.OnlyFilms(path, info);
    }

    /// <summary>A film as ffmpeg and ffprobe take it after <c>-i</c>, or alone.</summary>
    public static string Source(string path) => FilmFile.Input(path);

    /// <summary>Arguments up to the first that is about the output: the file is opened, sought in, and its pictures are chosen.</summary>
    /// <param name="path">The film.</param>
    /// <param name="info">What probing said about it.</param>
    /// <param name="from">Seconds from the film's first frame.</param>
    /// <param name="fromStart">Whether seeking is known to give wrong pictures: then everything before is decoded and thrown away.</param>
    public static IReadOnlyList<string> Arguments(string path, VideoInfo info, double from, bool fromStart = false)
    {
        ArgumentNullException.ThrowIfNull(info);
        string[] rate = info is { Clock: FilmClock.Counted, Kind: MediaKind.Film }
            ? ["-framerate", info.FrameRate.ToString("R", CultureInfo.InvariantCulture)]
            : [];
        string[] seek = from > 0 ? ["-ss", from.ToString("0.######", CultureInfo.InvariantCulture)] : [];
        string[] file = ["-i", FilmFile.Input(path)];

        // A time before the file is sought in its index, one behind it is waited for.
        string[] opened = fromStart || info.Clock != FilmClock.Stored ? [.. file, .. seek] : [.. seek, .. file];
        return
        [
            .. FilmFormats.OnlyFilms(path, info),
            "-max_pixels",
            Prober.MostPixels.ToString(CultureInfo.InvariantCulture),
            .. rate,
            .. opened,
            "-map",
            string.Create(CultureInfo.InvariantCulture, $"0:{info.Stream}"),
        ];
    }
}
