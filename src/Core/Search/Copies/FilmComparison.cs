using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Compares two films that may show the same: finds the views, the offset, the tempo and the run in which they show the same
/// movement.</summary>
internal static class FilmComparison
{
    /// <summary>Pixels a side of the pictures that offsets are searched with.</summary>
    private const int Coarse = 12;

    /// <summary>Whatever is below this at first sight does not become a copy by looking closer.</summary>
    private const double Promising = 0.4;

    // Around a hit; what goes on beyond is found by following the line.
    private const double WindowSeconds = 25;
    private const int HitsFollowed = 3;

    /// <summary>From fewer seconds no tempo can be told, so none but the usual is tried: one gesture is like many others that may be
    /// stretched.</summary>
    private const double TellsTempo = 3;

    // Of two runs of one place, the share of the longer one that the other must have.
    private const double SameLength = 0.9;

    // The search over offsets stands an error of about a fiftieth; PAL is 25/24, and the limits are those of fast and slow copies.
    private static readonly double[] Tempos = [1, 0.96, 1.0417, 0.925, 1.08, 0.895, 1.115];

    /// <summary>The best common run; null where there is none that is promising.</summary>
    public static CopyRun? Best(Thumbnails a, Thumbnails b, IReadOnlyList<PictureHit> hits)
    {
        var step = Math.Max(1 / ThumbnailDecoder.Rate, Math.Max(a.Step, b.Step));
        CopyRun? best = null;
        var registered = Registered(a, b, hits).OrderByDescending(hit => hit.Alike).ThenBy(hit => hit.FrameA).ThenBy(hit => hit.FrameB);
        foreach (var hit in registered.Take(HitsFollowed))
        {
            var (partA, partB) = (Around(a, hit.FrameA, step), Around(b, hit.FrameB, step));
            var trackA = new PreparedTrack(Track(partA, hit.ViewA, 1, step));
            foreach (var tempo in Tempos)
            {
                var trackB = new PreparedTrack(Track(partB, hit.ViewB, hit.Sign, step * tempo));
                if (new MovementAlignment(trackA, trackB).Best() is { } run && run.Evidence > (best?.Evidence ?? 0))
                {
                    best = new CopyRun(
                        partA.Times[0] + (run.FirstA * step),
                        partB.Times[0] + (run.FirstB * step * tempo),
                        run.Count * step,
                        tempo,
                        run.Count,
                        run.Correlation,
                        run.Evidence,
                        hit.ViewA,
                        hit.ViewB,
                        hit.Sign
                    );
                }
            }
        }

        if (best is null || best.Correlation < Promising)
        {
            return null;
        }

        var refinement = new RunRefinement(a, b, step);
        return AtUsualTempo(refinement, refinement.Refine(best)) is { } refined && RunChanges.Agree(a, b, refined) ? refined : null;
    }

    /// <summary>A run at another tempo, again at the usual one where that fits better: a stretched run may hold a few moments more, beyond
    /// where the films show the same.</summary>
    private static CopyRun? AtUsualTempo(RunRefinement refinement, CopyRun run)
    {
        if (!CopyWords.IsRetimed(1 / run.Tempo))
        {
            return run;
        }

        var middle = run.FromB + (run.Seconds / 2 * (run.Tempo - 1));
        var usual = refinement.Refine(run with { FromB = middle, Tempo = 1 }, keepsTempo: true);
        if (run.Seconds < TellsTempo)
        {
            return usual.Seconds < MovementAlignment.BlockSeconds ? null : usual;
        }

        // Over the same seconds: of a film that moves slowly a shorter run is the more alike.
        var same = run with
        {
            FromA = usual.FromA,
            FromB = run.FromB + ((usual.FromA - run.FromA) * run.Tempo),
            Seconds = usual.Seconds,
        };
        return usual.Seconds >= SameLength * run.Seconds && refinement.Likeness(usual) >= refinement.Likeness(same) ? usual : run;
    }

    /// <summary>Hits with the views that fit best.</summary>
    private static IEnumerable<PictureHit> Registered(Thumbnails a, Thumbnails b, IReadOnlyList<PictureHit> hits)
    {
        foreach (var hit in hits)
        {
            var (viewA, viewB, alike) = PictureRegistration.Lay(a[hit.FrameA], hit.ViewA, b[hit.FrameB], hit.ViewB);
            if (alike * hit.Sign > 0)
            {
                yield return hit with
                {
                    ViewA = viewA,
                    ViewB = viewB,
                    Alike = Math.Abs(alike),
                };
            }
        }
    }

    private static MovementTrack Track(Thumbnails part, PictureView view, int sign, double step)
    {
        var looks = part.Look(view, Coarse);
        if (sign < 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Negate(looks, looks);
        }

        return MovementTrack.Resample(part.Times, looks, part.Times[0], step);
    }

    private static Thumbnails Around(Thumbnails film, int frame, double step)
    {
        var most = (int)(WindowSeconds * 2 / step);
        if (film.Count <= most)
        {
            return film;
        }

        var first = Math.Clamp(frame - (most / 2), 0, film.Count - most);
        return film.Slice(first, most);
    }
}
