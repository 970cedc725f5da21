using System.Globalization;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace OrleansAtlas.Grains.Placement;

/// <summary>The work that this silo has given away and waits for, by the silo that has it. A silo that is slow, or busy for others,
/// keeps what it was given longer, so it is given less; nobody has to be asked for that.</summary>
internal sealed class InFlightTracker(ISiloMetadataCache silos, int slotsHere)
{
    /// <summary>The key in a silo's metadata; its value is how many pieces of work it does at once.</summary>
    public const string SlotsKey = "slots";

    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, InFlightWork> _pieces = [];
    private readonly Dictionary<SiloAddress, int> _counts = [];
    private int _turn;

    /// <summary>The silos that have not refused a grain's work, or all where all have.</summary>
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

    /// <summary>Gives a grain's work to the silo that has least for each of its slots, in turn where several have; to the one that
    /// has it already where it is asked about again.</summary>
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

    /// <summary>From now on a grain does a piece of work.</summary>
    public void Begin(InFlightWork piece, GrainId grain)
    {
        lock (_lock)
        {
            _pieces[grain] = piece;
        }
    }

    /// <summary>The grain does the work no more.</summary>
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

    // What a silo says of itself arrives some time after it; until then it is taken for one like this.
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
