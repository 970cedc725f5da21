using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Pictures;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Work;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds what is most like a clip, copies of it first: a network may find a copy that is cropped, turned or worse than its
/// original less alike than another clip of the same kind.</summary>
/// <param name="map">The films.</param>
/// <param name="search">Finds what is alike among them.</param>
/// <param name="codec">Decodes stored frames.</param>
/// <param name="sources">Where films are read again from; see <see cref="Sources"/>.</param>
public sealed class ClipSearch(AtlasMap map, SimilarSearch search, IImageCodec codec, CopySources sources)
{
    // Of so many clips that are alike it is looked whether they are copies.
    private const int Looked = 24;

    // What is compared of a film: as much before and after the stretch that is alike.
    private const double Around = 15;
    private const double MostOfAQuery = 60;

    /// <summary>Where films are read again from for this: only short ones are.</summary>
    /// <param name="work">What the work is done with; null where ffmpeg is not here.</param>
    /// <param name="longest">
    /// Films up to so many seconds; of longer ones what atlas copies made is used, or else their stored frames.
    /// </param>
    public static CopySources Sources(WorkContext? work, double longest = ClipDescriber.LongestDecoded) =>
        new(work?.Films ?? new FilmOpener(), work?.Decoder, longest);

    /// <summary>The most similar stretches, at most one a film: copies first, then the best.</summary>
    /// <param name="query">The clip.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ClipMatch>> FindAsync(ClipQuery query, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var alike = search.Find(query.Clip, Math.Max(count, Looked), cancellationToken);
        var looked = alike.Take(Looked).Where(match => match.Clip.Film != query.Clip.Film).ToList();
        var copies = (await CopiesAsync(query, looked, cancellationToken).ConfigureAwait(false)).ToDictionary(copy => copy.Match.Clip.Film);
        IEnumerable<ClipMatch> found =
        [
            .. copies.Values.OrderByDescending(copy => copy.Copy.Score).Select(copy => AsMatch(query.Clip, copy.Copy, copy.Match)),
            .. alike.Where(match => !copies.ContainsKey(match.Clip.Film) || match.Clip.Film == query.Clip.Film),
        ];
        return [.. found.Take(count)];
    }

    private async Task<IEnumerable<(CopyMatch Copy, ClipMatch Match)>> CopiesAsync(
        ClipQuery query,
        List<ClipMatch> alike,
        CancellationToken cancellationToken
    )
    {
        var thumbnails = new ThumbnailStore(map, codec, sources);
        var clip = query.Clip;
        var whole =
            clip.Film >= 0
                ? (await thumbnails.ReadAsync(clip.Film, cancellationToken).ConfigureAwait(false)).Frames
                : query.Pictures ?? Sampled(query);
        var asked = Part(whole, clip.Start - 1, Math.Min(clip.End + 1, clip.Start + MostOfAQuery));
        var isPhoto = clip.Film >= 0 ? IsPhoto(clip.Film) : clip.Count == 1;
        var subjects = alike
            .Select(match => new CopySubject(
                match.Clip.Name,
                IsPhoto(match.Clip.Film),
                async token =>
                {
                    var read = await thumbnails.ReadAsync(match.Clip.Film, token).ConfigureAwait(false);
                    return read with { Frames = Part(read.Frames, match.Clip.Start - Around, match.Clip.End + Around) };
                }
            ))
            .Prepend(new CopySubject("", isPhoto, _ => Task.FromResult(new FilmThumbnails(asked, null))))
            .ToList();
        return (await new CopySearch(subjects).OfAsync(0, CopyFinder.UsualLeast, cancellationToken).ConfigureAwait(false)).Select(found =>
            (found.Match, alike[found.Other - 1])
        );
    }

    private ClipMatch AsMatch(Clip query, CopyMatch copy, ClipMatch alike)
    {
        var film = search.Clips.First(clip => clip.Film == alike.Clip.Film);

        // More than what was asked for is compared, and only that is shown.
        var from = Math.Max(copy.AStart, query.Start);
        var to = Math.Max(from, Math.Min(copy.AStart + copy.Seconds, query.End));
        var first = film.Nearest(At(from));
        var shown = film.Slice(first, film.Nearest(At(to)) - first + 1);
        return search.Compare(query, shown) with { IsCopy = true, Score = 1, Why = $"a copy: {copy.How}" };

        double At(double time) => copy.BStart + ((time - copy.AStart) / copy.Tempo);
    }

    private bool IsPhoto(int film) => map.Films[film]?.Info?.Kind == MediaKind.Photo;

    private Thumbnails Sampled(ClipQuery query)
    {
        var grey = new byte[query.Clip.Count * Thumbnails.Size];
        for (var frame = 0; frame < query.Clip.Count; frame++)
        {
            Thumbnails.Shrink(codec.Decode(query.Jpegs![frame]), grey.AsSpan(frame * Thumbnails.Size, Thumbnails.Size));
        }

        return new Thumbnails(query.Clip.Times, grey);
    }

    /// <summary>The frames between two times, or the one that is nearest.</summary>
    private static Thumbnails Part(Thumbnails film, double from, double to)
    {
        var first = film.Nearest(from);
        return film.Slice(first, film.Nearest(Math.Max(from, to)) - first + 1);
    }
}
