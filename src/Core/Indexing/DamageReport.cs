using System.Globalization;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>Says what of a film cannot be decoded, from what its segments noted.</summary>
internal sealed class DamageReport(WorkContext context, CollectionStore collection, VideoRecord record, DecodePlan plan)
{
    private const int RangesTold = 5;
    private const double Border = 1e-6;

    /// <summary>Whether the film ended before a segment began.</summary>
    public static async Task<bool> EndsBeforeAsync(
        CollectionStore collection,
        string id,
        int segment,
        CancellationToken cancellationToken
    ) =>
        (await collection.ReadAsync<SegmentReach>(collection.Names.Reached(id, segment), cancellationToken).ConfigureAwait(false))?.Ends
        == true;

    /// <summary>Compares what came with what was wanted.</summary>
    /// <param name="noted">Segments that noted something.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One sentence; null where the film is whole.</returns>
    public async Task<string?> JudgeAsync(IEnumerable<int> noted, CancellationToken cancellationToken)
    {
        var notes = new SortedDictionary<int, SegmentReach>();
        foreach (var segment in noted)
        {
            var name = collection.Names.Reached(record.Id, segment);
            if (await collection.ReadAsync<SegmentReach>(name, cancellationToken).ConfigureAwait(false) is { } note)
            {
                notes[segment] = note;
            }
        }

        var complaint = notes.Values.Select(note => note.Complaint).FirstOrDefault(said => said is not null);
        if (complaint is null && !notes.Values.Any(note => note.Came < note.Expected))
        {
            return null;
        }

        var came = await CellsAsync(cancellationToken).ConfigureAwait(false);
        var missing = await MissingAsync(came, complaint is not null, cancellationToken).ConfigureAwait(false);
        return missing.Count == 0 && complaint is null ? null
            : missing.Count == 0 ? $"{record.Name} is damaged {Near(notes)}: it was decoded with errors ({complaint})."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Name} is damaged: {missing.Count} of {came.Count + missing.Count} samples are missing, {Ranges(missing)} "
                    + $"({complaint ?? "its frames cannot be had"})."
            );
    }

    private async Task<HashSet<long>> CellsAsync(CancellationToken cancellationToken)
    {
        var (grid, cells, last) = (new SampleGrid(plan, 0), new HashSet<long>(), -1L);
        for (var segment = 0; segment < plan.Segments; segment++)
        {
            var times = await collection
                .ReadArrayAsync<double>(collection.Names.Times(record.Id, segment), cancellationToken)
                .ConfigureAwait(false);
            foreach (var time in times?.Values ?? [])
            {
                // A time on the border of two cells was counted in ticks, which are not known here: it is the one after the last.
                var cell = grid.Cell(time - Border);
                last = cell > last ? cell : grid.Cell(time + Border);
                cells.Add(last);
            }
        }

        return cells;
    }

    /// <summary>The cells of the grid that have no sample and should have one; a cell is empty for good where no frame is shown.</summary>
    private async Task<List<long>> MissingAsync(HashSet<long> came, bool complained, CancellationToken cancellationToken)
    {
        var grid = new SampleGrid(plan, 0);
        var source = record.Sources.FirstOrDefault(source => context.Films.IsThere(source.Path));
        using var film = source is null ? null : await context.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
        var timeline = film is null
            ? null
            : await context.Prober.TimelineAsync(film.Path, record.Info!, cancellationToken).ConfigureAwait(false);
        var shown = timeline?.Times.Select(grid.Cell).ToHashSet() ?? [];
        var last = shown.Count == 0 ? -1 : shown.Max();
        var planned = Cells(0, plan.Samples - 1);
        var wanted =
            plan.FirstCells is not null ? shown
            : complained || timeline is null ? planned
            : FilmFormats.CountsFrames(record.Info!.Format) ? shown.Concat(planned.Where(cell => cell > last + 1))
            : shown;
        var lost =
            complained && timeline is not null
                ? timeline.Holes().SelectMany(hole => Cells(grid.Cell(hole.From) + 1, grid.Cell(hole.To) - 1))
                : [];
        var first = timeline?.FirstKey is { } key ? grid.Cell(key) : 0;
        var missing = wanted.Concat(lost).Distinct().Except(came).Where(cell => cell >= first).Order().ToList();

        // A plan's last cell alone may be none.
        return missing is [var only] && only == plan.Samples - 1 && !shown.Contains(only) ? [] : missing;
    }

    private static IEnumerable<long> Cells(long first, long last)
    {
        for (var cell = first; cell <= last; cell++)
        {
            yield return cell;
        }
    }

    private string Near(SortedDictionary<int, SegmentReach> notes)
    {
        var (segment, note) = notes.First(note => note.Value.Complaint is not null);
        var after = note.After ?? Math.Max(plan.Start, new SampleGrid(plan, segment).Begins);
        return string.Create(CultureInfo.InvariantCulture, $"after {after:0.###} s");
    }

    private string Ranges(List<long> cells)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var cell in cells)
        {
            if (ranges.Count > 0 && ranges[^1].Last == cell - 1)
            {
                ranges[^1] = (ranges[^1].First, cell);
            }
            else
            {
                ranges.Add((cell, cell));
            }
        }

        var told = ranges
            .Take(RangesTold)
            .Select(range => string.Create(CultureInfo.InvariantCulture, $"from {At(range.First):0.###} to {At(range.Last + 1):0.###} s"));
        return string.Join(", ", told) + (ranges.Count > RangesTold ? " and elsewhere" : "");
    }

    private double At(long cell) => plan.Start + (cell * plan.Interval);
}
