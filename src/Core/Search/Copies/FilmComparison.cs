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

    // The search over offsets stands an error of about a fiftieth; PAL is 25/24, and the limits are those of fast and slow copies.
    private static readonly double[] Tempos = [1, 0.96, 1.0417, 0.925, 1.08, 0.895, 1.115];

    /// <summary>The best common run; null where there is none that is promising.</summary>
    public static CopyRun? Best(Thumbnails a, Thumbnails b, IReadOnlyList<PictureHit> hits)
    {
        var step = Math.Max(1 / ThumbnailDecoder.Rate, Math.Max(a.Step, b.Step));
        CopyRun? best = null;
        foreach (var hit in Registered(a, b, hits).OrderByDescending(hit => hit.Alike).Take(HitsFollowed))
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

        return best is not null && best.Correlation >= Promising ? new RunRefinement(a, b, step).Refine(best) : null;
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
