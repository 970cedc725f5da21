using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>Names on the wire and in stored jobs belong to no class: classes may be renamed and moved.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly MapReceipt Map = new("v1", "m1", 48, true, "A note.");

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(serializer => serializer.AddAtlasMessages())
        .BuildServiceProvider();

    private static string Folder => Path.Combine(TestFiles.Repository, "tests", "Grains.Tests");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One of every message.</summary>
    private static object[] Samples =>
        [
            new Submission(new IndexRequest { Paths = ["/films"] }, new()),
            new TrainRequest(new TrainingOptions()),
            new JobReceipt(Acceptance.Joined),
            new JobList([new Job { Collection = "films", By = "me@here" }]),
            new JobStatus(new Job { Collection = "films" }, [new ProgressReport("index", 1, 2, 48)]),
            new CollectionSettings
            {
                Name = "films",
                Sampling = new Sampling { FramesPerSecond = 1 },
                Model = new ModelPin("none", "", 8, 16),
                Profile = new Profile("none", "none", "none", "cpu", "float32"),
            },
            new ProgressReport("index", 1, 2, 48, "A line."),
            new SegmentTask("films", "id", 3),
            new SegmentReceipt("id", 3, WorkStatus.Busy, 0, "A reason."),
            new VideoReceipt("id", "a.mp4", WorkStatus.Done, 48, 4, null),
            new MapAnnouncement("films", "v1", "m1", 48, "A note."),
            new MapNews(new MapAnnouncement("films", "v1", "m1", 48, null)),
            Map,
            new OperationStatus<MapReceipt>(OperationState.Ended, Map),
            new OperationStatus<VideoReceipt>(OperationState.AtWork, null, new ProgressReport("index", 1, 2, 48)),
            new OperationStatus<SegmentReceipt>(OperationState.Failed, null, null, "A reason."),
            new OperationStatus<bool>(OperationState.Ended, true),
            new OperationStatus<int>(OperationState.Ended, 7),
        ];

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Names_on_the_wire_and_in_stored_jobs_stay_as_they_are()
    {
        await using var cluster = await Cluster.StartAsync(_folder);
        var manifest = cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IClusterManifestProvider>().LocalGrainManifest;

        // Where a name is added on purpose, this file takes the place of the one that is kept.
        var now = WireNames.Describe(manifest);
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Wire.txt"), now, Cancel);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder, "Wire.txt"), Cancel), now);
    }

    [Fact]
    public void No_message_and_no_call_carries_the_name_of_a_class()
    {
        var serializer = _services.GetRequiredService<Serializer>();
        var calls = typeof(ICollectionGrain).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IInvokable)) && !type.IsAbstract);
        object[] sent =
        [
            .. Samples,
            .. Samples.Select(sample => Activator.CreateInstance(typeof(Response<>).MakeGenericType(sample.GetType()))!),
            .. calls.Select(call => Activator.CreateInstance(call)!),
            new StoreException("The disk is full."),
        ];

        Assert.Equal(15, calls.Count());
        var names = Messages.Names.Values.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(Samples.Select(sample => sample.GetType().Name).ToHashSet(StringComparer.Ordinal), names);
        Assert.All(sent, value => Assert.DoesNotContain("OrleansAtlas", Encoding.Latin1.GetString(serializer.SerializeToArray(value))));
    }

    [Fact]
    public void Messages_arrive_as_they_were_sent()
    {
        var serializer = _services.GetRequiredService<Serializer>();

        Assert.All(
            Samples,
            sent =>
            {
                var received = serializer.Deserialize<object>(serializer.SerializeToArray(sent))!;
                Assert.IsType(sent.GetType(), received);
                Assert.Equal(StoreJson.ToBytes(sent), StoreJson.ToBytes(received));
            }
        );
    }

    [Theory]
    [InlineData("running")]
    [InlineData("done")]
    [InlineData("failed")]
    public async Task A_stored_job_is_read_and_written_with_every_field_as_ever(string name)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, "StoredJobs", $"{name}.json"), Cancel);
        var store = LocalStore.Open(_folder["store"], write: true);
        await store.TryAddAsync(".jobs/films.json", bytes, Cancel);

        var job = (await JobStore.ReadAsync(store, "films", Cancel))!;

        Assert.Equal(("films", name), (job.Collection, job.State.ToString().ToLowerInvariant()));
        AssertKept(JsonNode.Parse(bytes)!, JsonNode.Parse(StoreJson.ToBytes(job))!);
    }

    // Fields that came since may stand beside those that were there.
    private static void AssertKept(JsonNode before, JsonNode? now)
    {
        if (before is not JsonObject fields)
        {
            Assert.True(JsonNode.DeepEquals(before, now), $"{before.GetPath()} is {now}, was {before}.");
            return;
        }

        foreach (var (name, value) in fields)
        {
            Assert.True(now!.AsObject().TryGetPropertyValue(name, out var kept), $"{before.GetPath()} has no {name} any more.");
            if (value is not null)
            {
                AssertKept(value, kept);
            }
        }
    }

    [Fact]
    public void A_store_that_does_not_answer_is_told_to_who_asked()
    {
        var serializer = _services.GetRequiredService<Serializer>();

        var received = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new StoreException("The disk is full.")));

        Assert.Equal("The disk is full.", Assert.IsType<StoreException>(received).Message);
    }
}
