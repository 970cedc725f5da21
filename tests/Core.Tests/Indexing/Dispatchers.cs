using OrleansAtlas.Media;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

/// <summary>What is asked for films, and answers as a test wants.</summary>
internal static class Dispatchers
{
    /// <summary>Answers for a film.</summary>
    public static FakeDispatcher Answering(Func<string, VideoReceipt> answer) =>
        new() { Map = () => null, Video = (id, _) => Task.FromResult(answer(id)) };

    /// <summary>Writes one frame of every film.</summary>
    public static FakeDispatcher Storing(this TestCollection collection, string? name = null) =>
        new()
        {
            Map = () => null,
            Video = async (id, cancel) =>
            {
                var info = (await collection.Store.VideoAsync(id, cancel))!.Info!;
                await collection.Store.AddPlanAsync(id, DecodePlanner.Plan(info, collection.Store.Settings.Sampling), cancel);
                await collection.AddSegmentAsync(id, 0, frames: 1);
                return new VideoReceipt(id, name ?? id, WorkStatus.Done, 1, 1, null);
            },
        };

    /// <summary>Says what is in the store, and makes nothing.</summary>
    public static FakeDispatcher Keeping(this TestCollection collection) =>
        new()
        {
            Map = () => null,
            Video = async (id, cancel) =>
            {
                var record = (await collection.Store.VideoAsync(id, cancel))!;
                var frames = (await collection.Store.SegmentsAsync(id, cancel)).Sum(segment => segment.Count);
                return frames > 0
                    ? new VideoReceipt(id, record.Name, WorkStatus.AlreadyDone, frames, 0, null)
                    : new VideoReceipt(id, record.Name, WorkStatus.Failed, 0, 0, "Nothing was kept.");
            },
        };
}
