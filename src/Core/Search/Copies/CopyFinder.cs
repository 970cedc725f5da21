using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;

namespace OrleansAtlas.Search.Copies;

// Why: docs/decisions/finding-copies.md
/// <summary>Finds films and photos of a map that show the same, or a part of the same: films by what moves in small grey pictures of them,
/// photos by their details.</summary>
/// <param name="map">The films.</param>
/// <param name="codec">Decodes stored frames.</param>
/// <param name="sources">Where films are read again from.</param>
public sealed class CopyFinder(AtlasMap map, IImageCodec codec, CopySources sources)
{
    /// <summary>Movements of a few seconds, and details of photos, less alike than this are not taken for copies.</summary>
    public const double UsualLeast = 0.91;

    // Two short gestures can be much alike, the more so when one is played faster; over many seconds chance has less room.
    private const double ShortRun = 3;
    private const double LongRun = 6;
    private const double ShortNeeds = 0.03;
    private const double LongRunAllows = 0.11;

    /// <summary>The score that a run needs: more where it is short, less where it is long; a photo needs more where it
    /// was straightened, which fits pictures of one kind better, too.</summary>
    /// <param name="least">What photos and a run of 3 to 6 s need.</param>
    /// <param name="match">The run.</param>
    public static double Needed(double least, CopyMatch match) =>
        match.Seconds >= LongRun ? least - LongRunAllows
        : (match.Seconds > 0 && (match.Seconds < ShortRun || CopyWords.IsRetimed(match.Tempo))) || match.Degrees > 0
            ? least + (ShortNeeds * (1 - least) / (1 - UsualLeast))
        : least;

    /// <summary>All pairs of films, and of photos, that share something.</summary>
    /// <param name="least">Least score.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<CopyReport> FindAsync(double least, CancellationToken cancellationToken)
    {
        var thumbnails = new ThumbnailStore(map, codec, sources);
        var subjects = Enumerable
            .Range(0, map.Films.Count)
            .Where(film => map.Films[film] is not null)
            .Select(film => new CopySubject(
                map.NameOf(film),
                map.Films[film]!.Info?.Kind == MediaKind.Photo,
                token => thumbnails.ReadAsync(film, token)
            ))
            .ToList();
        var report = await new CopySearch(subjects).FindAsync(least, cancellationToken).ConfigureAwait(false);
        return report with { Copies = [.. Identical(), .. report.Copies], NotKept = thumbnails.NotKept };
    }

    private IEnumerable<CopyMatch> Identical() =>
        map
            .Films.OfType<Store.VideoRecord>()
            .SelectMany(film =>
                film.Sources.Skip(1)
                    .Select(source => new CopyMatch(
                        film.Name,
                        source.Name,
                        CopyKind.Identical,
                        film.Info?.Start ?? 0,
                        film.Info?.Start ?? 0,
                        film.Info?.Duration ?? 0,
                        1,
                        0,
                        1,
                        "one file"
                    ))
            );
}
