using System.Collections.Concurrent;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds the films that share something with one another, and the photos that do.</summary>
internal sealed class CopySearch(IReadOnlyList<CopySubject> subjects)
{
    /// <summary>All pairs of films, and of photos, that share something, the surest first.</summary>
    /// <param name="least">Least score of a short run; see <see cref="CopyFinder.Needed"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<CopyReport> FindAsync(double least, CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(0, subjects.Count).ToList();
        var coarse = new ConcurrentBag<CoarseFilm>();
        var still = new ConcurrentBag<string>();
        await Parallel
            .ForEachAsync(
                all,
                Options(cancellationToken),
                async (subject, token) =>
                {
                    var read = await subjects[subject].ReadAsync(token).ConfigureAwait(false);
                    if (read.Lacking is { } reason)
                    {
                        coarse.Add(new CoarseFilm(subjects[subject].Name, reason));
                    }

                    if (Stillness.IsStill(read.Frames, subjects[subject].IsPhoto))
                    {
                        still.Add(subjects[subject].Name);
                    }
                }
            )
            .ConfigureAwait(false);
        var photos = all.Where(subject => subjects[subject].IsPhoto).ToList();
        var films = all.Except(photos).ToList();
        var found = (await ComparedAsync(films, CompareFilms, cancellationToken).ConfigureAwait(false)).Concat(
            await ComparedAsync(photos, ComparePhotos, cancellationToken).ConfigureAwait(false)
        );
        return new CopyReport(
            [
                .. found
                    .Select(pair => pair.Match)
                    .Where(match => match.Score >= CopyFinder.Needed(least, match))
                    .OrderByDescending(match => match.Score)
                    .ThenBy(match => match.A, StringComparer.Ordinal)
                    .ThenBy(match => match.B, StringComparer.Ordinal),
            ],
            films.Count,
            photos.Count,
            [.. still.Order(StringComparer.Ordinal)],
            [.. coarse.OrderBy(film => film.Name, StringComparer.Ordinal)]
        );
    }

    /// <summary>The copies of one film or photo.</summary>
    /// <param name="subject">Its number; it is the first film of each match.</param>
    /// <param name="least">As for <see cref="FindAsync"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IEnumerable<(int Other, CopyMatch Match)>> OfAsync(int subject, double least, CancellationToken cancellationToken)
    {
        var kind = subjects[subject].IsPhoto;
        var others = Enumerable.Range(0, subjects.Count).Where(other => subjects[other].IsPhoto == kind).ToList();
        var found = await ComparedAsync(others, kind ? ComparePhotos : CompareFilms, cancellationToken, only: subject)
            .ConfigureAwait(false);
        return found
            .Where(match => match.Match.Score >= CopyFinder.Needed(least, match.Match))
            .Select(match => (match.Pair.B, match.Match));
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };

    /// <summary>Looks every film up among the others, and compares those that may show the same.</summary>
    private async Task<IEnumerable<((int A, int B) Pair, CopyMatch Match)>> ComparedAsync(
        List<int> films,
        Func<int, Thumbnails, int, Thumbnails, List<PictureHit>, CopyMatch?> compare,
        CancellationToken cancellationToken,
        int? only = null
    )
    {
        var candidates = new PictureCandidates();
        foreach (var film in films)
        {
            candidates.Add(film, (await subjects[film].ReadAsync(cancellationToken).ConfigureAwait(false)).Frames);
        }

        var pairs = new ConcurrentDictionary<(int A, int B), List<PictureHit>>();
        await Parallel
            .ForEachAsync(
                films,
                Options(cancellationToken),
                async (film, token) =>
                {
                    var frames = (await subjects[film].ReadAsync(token).ConfigureAwait(false)).Frames;
                    foreach (var (other, hits) in candidates.Find(film, frames))
                    {
                        var pair = (Math.Min(film, other), Math.Max(film, other));
                        var turned = film < other ? hits : [.. hits.Select(hit => hit.Exchanged)];
                        var list = pairs.GetOrAdd(pair, _ => []);
                        lock (list)
                        {
                            list.AddRange(turned);
                        }
                    }
                }
            )
            .ConfigureAwait(false);
        var matches = new ConcurrentBag<((int A, int B) Pair, CopyMatch Match)>();
        await Parallel
            .ForEachAsync(
                pairs.Where(pair => only is null || pair.Key.A == only || pair.Key.B == only).OrderBy(pair => pair.Key),
                Options(cancellationToken),
                async (pair, token) =>
                {
                    var a = (await subjects[pair.Key.A].ReadAsync(token).ConfigureAwait(false)).Frames;
                    var b = (await subjects[pair.Key.B].ReadAsync(token).ConfigureAwait(false)).Frames;
                    if (compare(pair.Key.A, a, pair.Key.B, b, pair.Value) is { } match)
                    {
                        matches.Add((pair.Key, match));
                    }
                }
            )
            .ConfigureAwait(false);
        return matches;
    }

    private CopyMatch? CompareFilms(int filmA, Thumbnails a, int filmB, Thumbnails b, List<PictureHit> hits)
    {
        if (FilmComparison.Best(a, b, hits) is not { } run)
        {
            return null;
        }

        var words = CopyWords
            .Of(run.ViewA, run.ViewB, (PictureBorders.Content(a), PictureBorders.Content(b)), run.Sign, 1 / run.Tempo)
            .Append(Extent(run, a, b))
            .ToList();
        return new CopyMatch(
            subjects[filmA].Name,
            subjects[filmB].Name,
            words[0].Kind,
            Math.Round(run.FromA, 3),
            Math.Round(run.FromB, 3),
            Math.Round(run.Seconds, 3),
            Math.Round(run.Correlation, 4),
            run.Samples,
            Math.Round(1 / run.Tempo, 3),
            string.Join(", ", words.Select(word => word.Word))
        );
    }

    private CopyMatch? ComparePhotos(int filmA, Thumbnails a, int filmB, Thumbnails b, List<PictureHit> hits)
    {
        if (PhotoComparison.Best(a[0], b[0], hits) is not { } hit)
        {
            return null;
        }

        var words = CopyWords
            .Of(hit.ViewA, hit.ViewB, (PictureBorders.Content(a), PictureBorders.Content(b)), hit.Sign, 1)
            .DefaultIfEmpty((Kind: CopyKind.Same, Word: "the same picture"))
            .ToList();
        return new CopyMatch(
            subjects[filmA].Name,
            subjects[filmB].Name,
            words[0].Kind,
            0,
            0,
            0,
            Math.Round(hit.Alike, 4),
            1,
            1,
            string.Join(", ", words.Select(word => word.Word))
        )
        {
            Degrees = Math.Round(CopyWords.Degrees(hit.ViewA, hit.ViewB), 1),
        };
    }

    private static (CopyKind Kind, string Word) Extent(CopyRun run, Thumbnails a, Thumbnails b)
    {
        // Within half a second of an end counts as the end.
        const double Near = 0.5;
        var (startsA, startsB) = (run.FromA - a.Times[0] <= Near, run.FromB - b.Times[0] <= Near);
        var (endsA, endsB) = (
            a.Times[^1] - (run.FromA + run.Seconds) <= Near,
            b.Times[^1] - (run.FromB + (run.Seconds * run.Tempo)) <= Near
        );
        return startsA && startsB && endsA && endsB ? (CopyKind.Same, "from beginning to end")
            : endsA && endsB && (startsA || startsB) ? (CopyKind.Intro, "after another beginning")
            : (CopyKind.Part, "in part");
    }
}
