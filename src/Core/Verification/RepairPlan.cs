using System.Globalization;

namespace OrleansAtlas.Verification;

/// <summary>What has to go so that what is damaged is made again: an artifact is made only where it is not there.</summary>
internal sealed class RepairPlan
{
    private RepairPlan() { }

    /// <summary>Segments to decode and describe again: all their artifacts go.</summary>
    public SortedSet<(string Film, int Segment)> Segments { get; } = [];

    /// <summary>Single artifacts that are made again without more: plans, placed films, statistics, ledgers, reports.</summary>
    public SortedSet<string> Artifacts { get; } = new(StringComparer.Ordinal);

    /// <summary>Maps to make again.</summary>
    public SortedSet<string> Maps { get; } = new(StringComparer.Ordinal);

    /// <summary>Models to fit again, and with them every map they made.</summary>
    public SortedSet<string> Models { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the list of maps is to be read off the maps that are there.</summary>
    public bool MapList { get; private set; }

    /// <summary>What cannot be made again from what the store holds.</summary>
    public List<Damage> Lost { get; } = [];

    /// <summary>Sorts damage by what mends it.</summary>
    public static RepairPlan For(IEnumerable<Damage> damaged)
    {
        var plan = new RepairPlan();
        foreach (var damage in damaged)
        {
            plan.Add(damage);
        }

        return plan;
    }

    private void Add(Damage damage)
    {
        switch (damage.Name.Split('/'))
        {
            case [_, "videos", var film, var file] when SegmentOf(file) is { } segment:
                Segments.Add((film, segment));
                break;
            case [_, "videos", _, "video.json"]:
                // Only who has the film can say where it is; its frames are found again by its content.
                Artifacts.Add(damage.Name);
                Lost.Add(damage with { Problem = "named a film and where it lies: index its folder again, its frames are kept" });
                break;
            case [_, "maps", "versions.json"]:
                MapList = true;
                break;
            case [_, "maps", var version, _]:
                Maps.Add(version);
                break;
            case [_, "models", var version, _]:
                Models.Add(version);
                break;
            case [_, "videos", _, _] or [_, "statistics", _] or [_, "ledger", ..]:
                Artifacts.Add(damage.Name);
                break;
            default:
                Lost.Add(damage with { Problem = "holds the collection's settings: bring it back from a backup" });
                break;
        }
    }

    private static int? SegmentOf(string file) =>
        file.Split('-', '.') is ["features" or "times" or "frames" or "reached", var number, _]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
            ? segment
            : null;
}
