using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Store;

/// <summary>Where everything is in a collection: the store's layout in one place, told in docs/store.md.</summary>
/// <param name="Collection">Letters, digits, <c>.</c>, <c>-</c>, <c>_</c>.</param>
public sealed partial record ArtifactNames(string Collection)
{
    /// <summary>Settings, model and profile; written once.</summary>
    public string Settings => $"{Collection}/collection.json";

    /// <summary>Everything about films.</summary>
    public string Videos => $"{Collection}/videos/";

    /// <summary>Map versions in the order they were published.</summary>
    public string MapList => $"{Collection}/maps/versions.json";

    /// <summary>All maps.</summary>
    public string Maps => $"{Collection}/maps/";

    /// <summary>All models.</summary>
    public string Models => $"{Collection}/models/";

    /// <summary>All parts of the statistics.</summary>
    public string AllStatistics => $"{Collection}/statistics/";

    /// <summary>What runs took; not compared, since it holds wall-clock times.</summary>
    public string Ledgers => $"{Collection}/ledger/";

    /// <summary>One film's folder.</summary>
    public string Video(string id) => $"{Videos}{id}/";

    /// <summary>What one film is and the names it goes by.</summary>
    public string VideoRecord(string id) => $"{Videos}{id}/video.json";

    /// <summary>How one film is decoded; written once.</summary>
    public string Plan(string id) => $"{Videos}{id}/plan.json";

    /// <summary>Descriptors of a segment, float16 <c>[n, D]</c>; written last, so it says that the segment is done.</summary>
    public string Features(string id, int segment) => $"{Videos}{id}/features-{Number(segment)}.npy";

    /// <summary>Presentation times of a segment's frames in seconds, float64 <c>[n]</c>.</summary>
    public string Times(string id, int segment) => $"{Videos}{id}/times-{Number(segment)}.npy";

    /// <summary>How a segment was reached and what its decoder said, where not as planned.</summary>
    public string Reached(string id, int segment) => $"{Video(id)}reached-{Number(segment)}.json";

    /// <summary>Pictures of a segment's frames.</summary>
    /// <param name="id">The film.</param>
    /// <param name="segment">From 0.</param>
    /// <param name="extension">Of the kind of picture file, with its dot.</param>
    public string Frames(string id, int segment, string extension) => $"{Videos}{id}/frames-{Number(segment)}{extension}";

    /// <summary>A film's frames placed by a model: code and reduced vector, float32 <c>[n, 2 + k]</c>.</summary>
    public string Placed(string id, string model) => $"{Videos}{id}/placed-{model}.npy";

    /// <summary>A film's frames as small grey pictures, uint8 <c>[n, side, side]</c>; see Search.Copies.</summary>
    public string Thumbnails(string id, string version) => $"{Videos}{id}/thumbnails-{version}.npy";

    /// <summary>Their presentation times in seconds, float64 <c>[n]</c>; written first.</summary>
    public string ThumbnailTimes(string id, string version) => $"{Videos}{id}/moments-{version}.npy";

    /// <summary>Statistics of a part: float64, see PcaStatistics.</summary>
    public string Statistics(string part) => $"{AllStatistics}{part}.npy";

    /// <summary>Which frames a part covers.</summary>
    public string StatisticsPart(string part) => $"{AllStatistics}{part}.json";

    /// <summary>A file of a trained model.</summary>
    public string Model(string version, string file) => $"{Models}{version}/{file}";

    /// <summary>A file of a map.</summary>
    public string Map(string version, string file) => $"{Maps}{version}/{file}";

    /// <summary>The ledger of one run.</summary>
    public string Ledger(string run) => $"{Ledgers}{run}.json";

    /// <summary>One process's share of the ledger of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="process">16 hexadecimal digits.</param>
    public string LedgerShare(string run, string process) => $"{Ledgers}{run}/{process}.json";

    /// <summary>What a run found otherwise than the one before.</summary>
    public string Changes(string run) => $"{Ledgers}{run}/changes.json";

    /// <summary>Says that a run has begun and has not ended.</summary>
    public string Begun(string run) => $"{Ledgers}{run}/begun.json";

    /// <summary>Inputs that failed the last time they were tried and have no film.</summary>
    public string FailedInputs => $"{Ledgers}failed.json";

    /// <summary>A version made from its inputs: the first 16 hexadecimal digits of their SHA-256.</summary>
    public static string Version(params IEnumerable<string> inputs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', inputs))))[..16];

    /// <summary>Whether this is the name of an artifact of the collection; other files in its folder are not this program's.</summary>
    public bool Knows(string name) =>
        name.StartsWith(Collection + "/", StringComparison.Ordinal) && Known().IsMatch(name[Collection.Length..]);

    [GeneratedRegex(
        @"^/(collection\.json|videos/[0-9a-f]{32}/((video|plan)\.json|(features|times|frames)-\d{5,9}\.npy|frames-\d{5,9}\.jpgs"
            + @"|reached-\d{5,9}\.json|placed-[0-9a-f]{16}-[0-9a-f]{16}\.npy"
            + @"|(thumbnails|moments)-[0-9a-f]{16}\.npy)|statistics/[0-9a-f]{16}\.(json|npy)"
            + @"|(models|maps)/[0-9a-f]{16}/[a-z]+\.(json|npy)"
            + @"|maps/versions\.json|ledger/(failed|[0-9TZ-]+(/([0-9a-f]{16}|changes|begun))?)\.json)\z"
    )]
    private static partial Regex Known();

    private static string Number(int segment) => segment.ToString("D5", CultureInfo.InvariantCulture);
}
