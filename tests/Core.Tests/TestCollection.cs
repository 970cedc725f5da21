using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Indexing;
using OrleansAtlas.Tests.Media;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>The collection <c>c</c> in a store of its own, and what works on it: a real store, a network and a clock that do what the test
/// says, and a log that can be read.</summary>
internal sealed class TestCollection : IDisposable
{
    public const string Name = "c";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new FakeLogCollectorOptions());
    private readonly ILoggerFactory _logs;
    private readonly FakeCatalog _models;

    private TestCollection(FakeNetwork network, FfmpegTools? ffmpeg, WorkOptions? options, IAutoencoderTrainer? trainer)
    {
        _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(_log)));
        _models = new FakeCatalog(network);
        Network = network;
        Context = new WorkContext(
            LocalStore.Open(_folder["store"], write: true),
            ffmpeg
                ?? new FfmpegTools
                {
                    Ffmpeg = "none",
                    Ffprobe = "none",
                    Version = "none",
                },
            new NoPictures(),
            _models,
            new ManagedMatrixProduct(),
            trainer ?? new AutoencoderTrainer(),
            options ?? new WorkOptions { Threads = 2 },
            new Ledger(Clock),
            Clock,
            _logs
        );
    }

    public FakeNetwork Network { get; }

    public WorkContext Context { get; }

    public FakeTimeProvider Clock { get; } = new();

    public CollectionStore Store { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes it; frames are kept raw, for that needs no picture library.</summary>
    public static async Task<TestCollection> MakeAsync(
        FakeNetwork? network = null,
        FfmpegTools? ffmpeg = null,
        WorkOptions? options = null,
        IAutoencoderTrainer? trainer = null
    )
    {
        var made = new TestCollection(network ?? new FakeNetwork(frame => frame), ffmpeg, options, trainer);
        made.Store = await CollectionStore.CreateAsync(
            made.Context.Store,
            new CollectionSettings
            {
                Name = Name,
                Sampling = new Sampling { FramesPerSecond = 1 },
                Frames = FrameFormat.Raw,
                Components = 4,
                Training = new TrainingOptions { Epochs = 2, LayoutSteps = 20 },
                Model = await made._models.FindAsync(null, Cancel),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            Cancel
        );
        return made;
    }

    /// <summary>What the log holds of one level, in order.</summary>
    public IReadOnlyList<string> Logged(LogLevel level) =>
        [.. _log.GetSnapshot().Where(record => record.Level == level).Select(record => record.Message)];

    /// <summary>A file among the films; its time of change is the same for all.</summary>
    public async Task<string> WriteAsync(string name, byte[] content)
    {
        var path = _folder["films", name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, Cancel);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return path;
    }

    /// <summary>The folder with the films.</summary>
    public string Films => _folder["films"];

    /// <summary>Indexes them all, or those of a folder, as one run after the other.</summary>
    public Task<IndexReport> IndexAsync(FakeDispatcher dispatcher, string? folder = null, bool prune = false)
    {
        // Two runs do not begin at one time.
        Clock.Advance(TimeSpan.FromSeconds(1));
        var request = new IndexRequest { Paths = [folder ?? Films], Prune = prune };
        return new CollectionIndexer(Context, dispatcher).IndexAsync(Name, request, new Told(), Cancel);
    }

    /// <summary>The names of each film that is known.</summary>
    public async Task<List<string[]>> NamesAsync() =>
        await Store
            .VideosAsync(Cancel)
            .Select(film => film.Sources.Select(source => source.Name).ToArray())
            .OrderBy(names => names[0])
            .ToListAsync(Cancel);

    /// <summary>Two files take each other's place.</summary>
    public static void Exchange(string a, string b)
    {
        File.Move(a, a + ".bak");
        File.Move(b, a);
        File.Move(a + ".bak", b);
    }

    /// <summary>A place for files that a test writes.</summary>
    public string Output(string name) => _folder[name];

    /// <summary>A film that was probed and planned: segments of two frames, a second each, of which none is there yet.</summary>
    public async Task AddFilmAsync(string id, int segments, string? failure = null, double interval = 1)
    {
        await Store.UpdateVideoAsync(
            id,
            _ => new VideoRecord
            {
                Id = id,
                Sources = [new VideoSource($"{id}.mp4", Path.Combine(Films, $"{id}.mp4"), 1, default)],
                Info = new VideoInfo
                {
                    Kind = MediaKind.Film,
                    Format = "mp4",
                    Codec = "h264",
                    Width = 64,
                    Height = 36,
                    DisplayWidth = 64,
                    DisplayHeight = 36,
                    Duration = 2 * segments,
                    FrameRate = 1,
                },
                Failure = failure,
            },
            Cancel
        );
        var plan = new DecodePlan
        {
            Strategy = DecodeStrategy.Forward,
            Reason = "",
            Interval = interval,
            Start = 0,
            HalfFrame = 0.5,
            Samples = 2 * segments,
            SamplesPerSegment = 2,
            Width = 64,
            Height = 36,
        };
        await Store.AddPlanAsync(id, plan, Cancel);
    }

    /// <summary>Stores times and descriptors of a segment, which follow from the film's id, the segment and the frame.</summary>
    public async Task<SegmentReceipt> AddSegmentAsync(string id, int segment, int frames = 2)
    {
        var (dimensions, random) = (Store.Settings.Model.Dimensions, new Xoshiro256(id.Aggregate(segment, (sum, c) => (31 * sum) + c)));
        var times = Enumerable.Range(0, frames).Select(frame => (double)((segment * frames) + frame)).ToArray();
        var numbers = Enumerable.Range(0, frames * dimensions).Select(_ => (Half)random.NextGaussian()).ToArray();
        await Context.Store.TryAddAsync(Store.Names.Times(id, segment), Npy.ToBytes<double>(times, frames), Cancel);
        await Context.Store.TryAddAsync(Store.Names.Frames(id, segment, ".jpgs"), FramePack.ToBytes([]), Cancel);
        await Context.Store.TryAddAsync(Store.Names.Features(id, segment), Npy.ToBytes<Half>(numbers, frames, dimensions), Cancel);
        return new SegmentReceipt(id, segment, WorkStatus.Done, frames, null);
    }

    public void Dispose()
    {
        Context.Dispose();
        _models.Dispose();
        _logs.Dispose();
        _folder.Dispose();
    }
}
