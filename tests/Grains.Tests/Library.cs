using OrleansAtlas.Contracts;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>A collection of films that are known to the store already, so that nothing is probed or decoded: what is done with a
/// segment is up to the test. Everything else, from the list of files to the map, is the real thing.</summary>
internal sealed class Library(IArtifactStore store, string folder, string collection)
{
    public const int Dimensions = 16;
    public const int FramesPerSegment = 4;

    public string Folder { get; } = folder;

    public Submission Submission => new(new IndexRequest { Paths = [Folder] }, new CollectionRequest());

    /// <summary>Puts films of some segments each into the store.</summary>
    public async Task AddFilmsAsync(int films, int segments, CancellationToken cancel)
    {
        var made = await CollectionStore.CreateAsync(
            store,
            new CollectionSettings
            {
                Name = collection,
                Sampling = new Sampling { FramesPerSecond = 1 },
                Components = 8,
                Training = new TrainingOptions { Epochs = 2, LayoutSteps = 20 },
                Model = new ModelPin("none", new string('0', 64), 8, Dimensions),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            cancel
        );
        Directory.CreateDirectory(Folder);
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var film = 0; film < films; film++)
        {
            var path = Path.GetFullPath(Path.Combine(Folder, $"{film:D5}.mp4"));
            await File.WriteAllBytesAsync(path, [1], cancel);
            File.SetLastWriteTimeUtc(path, time);
            var id = IdOf(film);
            var source = new VideoSource(Path.GetFileName(path), path, 1, time);
            await made.UpdateVideoAsync(
                id,
                _ => new VideoRecord
                {
                    Id = id,
                    Sources = [source],
                    Info = Info(segments),
                },
                cancel
            );
            await made.AddPlanAsync(id, Plan(segments), cancel);
        }
    }

    public static string IdOf(int film) => film.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Stores numbers made from the film's id and the segment, as describing would.</summary>
    public async Task<SegmentReceipt> StoreAsync(SegmentTask task, CancellationToken cancel)
    {
        var opened = (await CollectionStore.OpenAsync(store, task.Collection, cancel))!;
        var random = new Random(HashCode(task.VideoId, task.Segment));
        var numbers = Enumerable.Range(0, FramesPerSegment * Dimensions).Select(_ => (Half)random.NextSingle()).ToArray();
        var times = Enumerable.Range(0, FramesPerSegment).Select(n => (double)((task.Segment * FramesPerSegment) + n)).ToArray();
        await store.TryAddAsync(opened.Names.Times(task.VideoId, task.Segment), Npy.ToBytes<double>(times, FramesPerSegment), cancel);
        await store.TryAddAsync(opened.Names.Frames(task.VideoId, task.Segment, ".jpgs"), FramePack.ToBytes([]), cancel);
        var features = Npy.ToBytes<Half>(numbers, FramesPerSegment, Dimensions);
        return await store.TryAddAsync(opened.Names.Features(task.VideoId, task.Segment), features, cancel)
            ? new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Done, FramesPerSegment, null)
            : new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.AlreadyDone, 0, null);
    }

    private static int HashCode(string id, int segment) => id.Aggregate(segment, (hash, letter) => unchecked((hash * 31) + letter));

    private static VideoInfo Info(int segments) =>
        new()
        {
            Kind = MediaKind.Film,
            Format = "mp4",
            Codec = "h264",
            Width = 64,
            Height = 36,
            DisplayWidth = 64,
            DisplayHeight = 36,
            Duration = segments * FramesPerSegment,
            FrameRate = 1,
        };

    private static DecodePlan Plan(int segments) =>
        new()
        {
            Strategy = DecodeStrategy.Forward,
            Reason = "",
            // As long as the longest run: each segment is a task of its own.
            Interval = 600,
            Start = 0,
            HalfFrame = 0.5,
            Samples = segments * FramesPerSegment,
            SamplesPerSegment = FramesPerSegment,
            Width = 64,
            Height = 36,
        };
}
