using System.Globalization;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Tracks the work that this silo sent to others and waits for. A slow or busy silo keeps its work longer, so it has more of it
/// in flight and is given less; no silo has to be asked for its load.</summary>
internal sealed class InFlightTracker(ISiloMetadataCache silos, int slotsHere)
{
    /// <summary>The key in a silo's metadata; its value is how many pieces of work it does at once.</summary>
    public const string SlotsKey = "slots";

    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, InFlightWork> _pieces = [];
    private readonly Dictionary<SiloAddress, int> _counts = [];
    private int _turn;

    /// <summary>The silos that have not refused a grain's work; all silos if all have refused it.</summary>
    public IReadOnlyList<SiloAddress> Willing(GrainId grain, IReadOnlyList<SiloAddress> candidates)
    {
        lock (_lock)
        {
            if (!_pieces.TryGetValue(grain, out var piece))
            {
                return candidates;
            }

            var willing = candidates.Where(silo => !piece.Refusers.Contains(silo)).ToList();
            piece.Last = willing.Count <= 1;
            return willing.Count > 0 ? willing : candidates;
        }
    }

    /// <summary>Chooses the silo with the least work in flight per slot, in turn if several have the same; for work that is in flight, the
    /// silo that has it.</summary>
    public SiloAddress Give(GrainId grain, IReadOnlyList<SiloAddress> candidates)
    {
        lock (_lock)
        {
            if (_pieces.TryGetValue(grain, out var piece) && piece.Silo is { } had && candidates.Contains(had))
            {
                return had;
            }

            var first = _turn++ & int.MaxValue;
            var silo = Enumerable.Range(0, candidates.Count).Select(n => candidates[(first + n) % candidates.Count]).MinBy(LoadOf)!;
            if (piece is not null)
            {
                TakeBack(piece);
                piece.Silo = silo;
                _counts[silo] = _counts.GetValueOrDefault(silo) + 1;
            }

            return silo;
        }
    }

    /// <summary>Assigns a piece of work to a grain.</summary>
    public void Begin(InFlightWork piece, GrainId grain)
    {
        lock (_lock)
        {
            _pieces[grain] = piece;
        }
    }

    /// <summary>Removes a piece of work from a grain.</summary>
    public void End(InFlightWork piece, GrainId grain)
    {
        lock (_lock)
        {
            TakeBack(piece);
            if (_pieces.GetValueOrDefault(grain) == piece)
            {
                _pieces.Remove(grain);
            }
        }
    }

    // The metadata of a silo arrives some time after it joined; until then it is assumed to have as many slots as this one.
    private double LoadOf(SiloAddress silo)
    {
        var said = silos.GetSiloMetadata(silo).Metadata.GetValueOrDefault(SlotsKey);
        var slots = int.TryParse(said, CultureInfo.InvariantCulture, out var number) ? number : slotsHere;
        return (double)_counts.GetValueOrDefault(silo) / slots;
    }

    private void TakeBack(InFlightWork piece)
    {
        if (piece.Silo is { } silo && --_counts[silo] == 0)
        {
            _counts.Remove(silo);
        }

        piece.Silo = null;
    }
}
