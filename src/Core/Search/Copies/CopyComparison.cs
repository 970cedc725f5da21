namespace OrleansAtlas.Search.Copies;

/// <summary>Compares two stretches of film: finds the offset, the view and the run in which they show the same movement.</summary>
internal static class CopyComparison
{
    /// <summary>Movements that are less alike are no copies. The bench has the margin on both sides.</summary>
    public const double Least = 0.9;

    // Whatever is below this at first sight does not become a copy by looking closer.
    private const double Promising = 0.4;
    private const int MostFineSteps = 30;

    private static readonly (PictureView A, PictureView B)[] Views =
    [
        (PictureView.Whole, PictureView.Whole),
        (PictureView.Middle(0.9), PictureView.Whole),
        (PictureView.Whole, PictureView.Middle(0.9)),
    ];

    private const double CropMargin = 0.01;
    private const double UsualCrop = 0.9;
    private static readonly double[] OtherCrops = [0.95, 0.85, 0.8];
    private static readonly double[] Sides = [0, 0.5, 1];

    // Shares of a step.
    private static readonly double[] Later = [0, 0.25, 0.5, 0.75];
    private static readonly double[] Aside = [0, -0.25, -0.125, 0.125, 0.25];

    /// <summary>The best common run; null where there is none that is promising.</summary>
    public static CopyRun? Best(CopyPiece a, CopyPiece b)
    {
        var step = Math.Max(a.Frames.Step, b.Frames.Step);
        CopyRun? best = null;

        // Half a step aside only where a whole one is promising.
        foreach (var shift in (double[])[0, step / 2])
        {
            foreach (var (viewA, viewB) in Views)
            {
                var trackA = a.Track(viewA, step, 0);
                foreach (var turned in (PictureView[])[viewB, viewB with { Mirrored = true }])
                {
                    var trackB = b.Track(turned, step, shift);
                    if (new MovementAlignment(trackA, trackB).Best() is { } run && run.Evidence > (best?.Run.Evidence ?? 0))
                    {
                        best = new CopyRun(run, viewA, turned, step, trackA.Track.Start, trackB.Track.Start);
                    }
                }
            }

            if (best is null)
            {
                return null;
            }
        }

        return best!.Run.Correlation >= Promising ? Closer(a.Frames, b.Frames, best) : null;
    }

    /// <summary>Finer pictures and times of the same run, and parts of the picture in all sizes and places.</summary>
    /// <remarks>The stored frames of a copy are seldom of the same moments as the original's. A picture between two is mixed from both, and
    /// what is mixed half and half
    /// is less like a sharp one than two that are mixed a little; so it is tried at which moments the two are looked at.</remarks>
    private static CopyRun Closer(Thumbnails a, Thumbnails b, CopyRun run)
    {
        var (columns, rows, count) = (2 * CopyPiece.Columns, 2 * CopyPiece.Rows, Math.Min(run.Run.Count, MostFineSteps));
        var (firstA, firstB) = (run.StartA + (run.Run.FirstA * run.Step), run.StartB + (run.Run.FirstB * run.Step));
        var (partA, partB) = (Part(a, firstA, count, run.Step), Part(b, firstB, count, run.Step));
        var (looksA, looksB) = (new Dictionary<PictureView, float[]>(), new Dictionary<PictureView, float[]>());
        var best = run with { Run = run.Run with { Correlation = -1 }, ViewA = PictureView.Whole, ViewB = PictureView.Whole };
        var (later, aside) = (0.0, 0.0);
        foreach (var timing in from wholly in Aside from both in Later select (Later: both * run.Step, Aside: wholly * run.Step))
        {
            if (Try(PictureView.Whole, PictureView.Whole, 0, timing.Later, timing.Aside))
            {
                (later, aside) = timing;
            }
        }

        foreach (var swapped in (bool[])[false, true])
        {
            // First where, then how large.
            var place = PictureView.Whole;
            foreach (var (left, top) in from left in Sides from top in Sides select (left, top))
            {
                var part = PictureView.Part(left, top, UsualCrop);
                place = Turn(part) ? part : place;
            }

            foreach (var share in place.IsCropped ? OtherCrops : [])
            {
                Turn(PictureView.Part(place.Left / (1 - UsualCrop), place.Top / (1 - UsualCrop), share));
            }

            bool Turn(PictureView part) =>
                swapped ? Try(PictureView.Whole, part, CropMargin, later, aside) : Try(part, PictureView.Whole, CropMargin, later, aside);
        }

        return best;

        // What is cropped must fit clearly better than the whole, or noise would crop.
        bool Try(PictureView viewA, PictureView viewB, double margin, double bothLater, double secondAside)
        {
            var turned = viewB with { Mirrored = run.ViewB.Mirrored };
            var trackA = MovementTrack.Resample(partA.Times, Look(partA, viewA, looksA), firstA + bothLater, run.Step, count);
            var trackB = MovementTrack.Resample(
                partB.Times,
                Look(partB, turned, looksB),
                firstB + bothLater + secondAside,
                run.Step,
                count
            );
            if (
                new MovementAlignment(new PreparedTrack(trackA), new PreparedTrack(trackB)).At(0) is not { } fine
                || fine.Correlation <= best.Run.Correlation + (best.IsCropped ? 0 : margin)
            )
            {
                return false;
            }

            best = run with { Run = run.Run with { Correlation = fine.Correlation }, ViewA = viewA, ViewB = turned };
            return true;
        }

        float[] Look(Thumbnails part, PictureView view, Dictionary<PictureView, float[]> looks) =>
            looks.TryGetValue(view, out var known) ? known : looks[view] = part.Look(view, columns, rows);
    }

    /// <summary>The frames of a run, and what is looked at up to a quarter of a step before and a step after it.</summary>
    private static Thumbnails Part(Thumbnails frames, double start, int count, double step)
    {
        var first = Math.Max(0, Array.FindLastIndex(frames.Times, time => time <= start - (step / 4) + 1e-6));
        var end = Array.FindIndex(frames.Times, time => time >= start + (count * step) - 1e-6);
        var last = end < 0 ? frames.Count - 1 : end;
        return new Thumbnails(frames.Times[first..(last + 1)], frames.Grey[(first * Thumbnails.Size)..((last + 1) * Thumbnails.Size)]);
    }
}
