using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Output;

/// <summary>What <c>atlas index --json</c> answers.</summary>
internal sealed record IndexDocument(
    string Collection,
    string Store,
    IReadOnlyList<VideoReceipt> Done,
    IReadOnlyList<FileOutcome> Damaged,
    IReadOnlyList<FileOutcome> Failed,
    IReadOnlyList<FileOutcome> Ignored,
    ChangesDocument Changes,
    IReadOnlyList<string> Pruned,
    GoneFilms Kept,
    IReadOnlyList<string> Empty,
    int OtherShards,
    long Frames,
    long NewFrames,
    MapReceipt? Map,
    double Seconds
)
{
    public static IndexDocument From(CollectionStore collection, IndexReport report) =>
        new(
            collection.Settings.Name,
            collection.Artifacts.Location,
            report.Done,
            report.Damaged,
            report.Failed,
            report.Ignored,
            ChangesDocument.From(report.Changes),
            report.Pruned,
            report.Kept,
            report.Empty,
            report.OtherShards,
            report.Done.Sum(receipt => (long)receipt.Frames),
            report.Done.Sum(receipt => (long)receipt.NewFrames),
            report.Map,
            report.Seconds
        );
}
