using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Indexing;

/// <summary>What indexing learnt about seeking in a film.</summary>
public static class FilmReach
{
    /// <summary>Whether decoding from the keyframe before a stretch gave wrong frames, or none: then whoever plays it decodes from the
    /// start.</summary>
    /// <param name="collection">The collection of the film.</param>
    /// <param name="id">The film.</param>
    /// <param name="from">Presentation time of the stretch's begin, seconds.</param>
    /// <param name="to">Of its end.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<bool> NeedsStartAsync(
        CollectionStore collection,
        string id,
        double from,
        double to,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (await collection.PlanAsync(id, cancellationToken).ConfigureAwait(false) is not { } plan)
        {
            return false;
        }

        for (var segment = 0; segment < plan.Segments; segment++)
        {
            if (
                new SampleGrid(plan, segment).Begins <= to
                && (segment == plan.Segments - 1 || new SampleGrid(plan, segment + 1).Begins > from)
                && await collection.ReadAsync<SegmentReach>(collection.Names.Reached(id, segment), cancellationToken).ConfigureAwait(false)
                    is { Reach: not Reach.Planned }
            )
            {
                return true;
            }
        }

        return false;
    }
}
