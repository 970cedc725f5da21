using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Media;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

public sealed class SegmentPipelineTests
{
    private const string Film = "film";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_segment_becomes_frames_times_and_descriptors_in_their_order()
    {
        using var collection = await WithFilmAsync(new FakeNetwork(frame => frame) { Lanes = 1 });
        var receipt = await RunAsync(collection);
        Assert.Equal((WorkStatus.Done, 4), (receipt.Status, receipt.Frames));
        var names = collection.Store.Names;
        var times = (await collection.Store.ReadArrayAsync<double>(names.Times(Film, 0), Cancel))!;
        Assert.Equal([0, 1, 2, 3], times.Values);
        var descriptors = (await collection.Store.ReadArrayAsync<Half>(names.Features(Film, 0), Cancel))!;
        Assert.Equal([4, 8], descriptors.Shape);
        Assert.Equal([0, 1, 2, 3], descriptors.Values.Chunk(8).Select(frame => (float)frame[0]));
        var pictures = (await collection.Store.ReadArrayAsync<byte>(names.Frames(Film, 0, ".npy"), Cancel))!;
        Assert.Equal([4, 90, 160, 3], pictures.Shape);
    }

    [Fact]
    public async Task A_segment_that_is_there_is_not_computed_again()
    {
        using var collection = await WithFilmAsync(new FakeNetwork(frame => frame));
        await collection.AddSegmentAsync(Film, 0);
        Assert.Equal(WorkStatus.AlreadyDone, (await RunAsync(collection)).Status);
        Assert.Equal(0, collection.Network.Begun);
    }

    [Fact]
    public async Task A_frame_that_cannot_be_described_fails_the_segment_with_its_time_and_nothing_is_stored()
    {
        using var collection = await WithFilmAsync(new FakeNetwork(frame => frame == 2 ? float.NaN : 1) { Lanes = 1 });
        var receipt = await RunAsync(collection);
        Assert.Equal(WorkStatus.Failed, receipt.Status);
        Assert.StartsWith("The frame at 2 s cannot be described: number 0 of 8", receipt.Reason, StringComparison.Ordinal);
        Assert.Equal([$"c: segment 0 of film film failed: {receipt.Reason}"], collection.Logged(LogLevel.Warning));
        Assert.Empty(await collection.Store.SegmentsAsync(Film, Cancel));
    }

    [Fact]
    public async Task A_network_that_breaks_breaks_the_call_and_gives_the_slot_back()
    {
        using var collection = await WithFilmAsync(new FakeNetwork(_ => throw new InvalidOperationException("No network.")));
        var slots = collection.Context.SegmentSlots.CurrentCount;
        Assert.Equal("No network.", (await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(collection))).Message);
        Assert.Equal(slots, collection.Context.SegmentSlots.CurrentCount);
    }

    [Fact]
    public async Task A_segment_that_is_in_no_plan_fails_with_a_way_out()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 1);
        var receipt = await RunAsync(collection, segment: 1);
        Assert.Equal("Segment 1 of film 'film' is in no plan of collection 'c'; run atlas index again.", receipt.Reason);
        Assert.Equal([$"c: segment 1 of film film failed: {receipt.Reason}"], collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task A_film_whose_files_are_gone_fails_with_their_names()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 1);
        var receipt = await RunAsync(collection);
        Assert.StartsWith("None of its files is there any more (", receipt.Reason, StringComparison.Ordinal);
        Assert.Contains("film.mp4'): bring one back or run atlas remove.", receipt.Reason);
        Assert.Single(collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task Where_no_slot_is_free_in_time_the_segment_is_given_back()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentSlots = 1 });
        await collection.AddFilmAsync(Film, segments: 1);
        await collection.WriteAsync("film.mp4", [1]);
        await collection.Context.SegmentSlots.WaitAsync(Cancel);
        var receipt = await new SegmentPipeline(collection.Context, TimeSpan.Zero).RunAsync(new SegmentTask("c", Film, 0), Cancel);
        Assert.Equal((WorkStatus.Busy, null), (receipt.Status, receipt.Reason));
        Assert.Equal(["c: segment 0 of film film found no slot in time and is given back"], collection.Logged(LogLevel.Debug));
    }

    [Fact, SupportedOSPlatform("linux")]
    public async Task Segments_of_one_task_are_what_they_are_one_by_one_and_take_one_ffmpeg()
    {
        using var folder = new TemporaryFolder();
        var (tools, starts) = (await Clips.ToolsAsync(), folder["starts"]);
        var counting = folder["ffmpeg"];
        await File.WriteAllTextAsync(counting, $"#!/bin/sh\necho >> '{starts}'\nexec '{tools.Ffmpeg}' \"$@\"\n", Cancel);
        File.SetUnixFileMode(counting, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        tools = tools with { Ffmpeg = counting };
        using var apart = await WithFilmAsync(new FakeNetwork(frame => frame) { Lanes = 1 }, tools, 1);
        for (var segment = 0; segment < 4; segment++)
        {
            Assert.Equal((WorkStatus.Done, 1), Result(await RunAsync(apart, segment)));
        }

        Assert.Equal(4, (await File.ReadAllLinesAsync(starts, Cancel)).Length);
        File.Delete(starts);
        using var together = await WithFilmAsync(new FakeNetwork(frame => frame) { Lanes = 1 }, tools, 1);
        Assert.Equal((WorkStatus.Done, 1), Result(await RunAsync(together, 0, 4)));
        Assert.Single(await File.ReadAllLinesAsync(starts, Cancel));
        Assert.Equal(await BytesAsync(apart), await BytesAsync(together));
    }

    [Fact]
    public async Task A_task_takes_up_what_is_left_of_it()
    {
        using var collection = await WithFilmAsync(new FakeNetwork(frame => frame) { Lanes = 1 }, await Clips.ToolsAsync(), 1);
        await RunAsync(collection, 0);
        await RunAsync(collection, 2);
        Assert.Equal((WorkStatus.Done, 1), Result(await RunAsync(collection, 0, 4)));
        Assert.Equal([0, 1, 2, 3], (await collection.Store.SegmentsAsync(Film, Cancel)).Select(segment => segment.Segment));
        var again = await RunAsync(collection, 0, 4);
        Assert.Equal((WorkStatus.AlreadyDone, 3), (again.Status, again.Segment));
    }

    [Fact]
    public async Task A_task_of_more_segments_than_the_film_has_fails()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 2);
        Assert.Equal(WorkStatus.Failed, (await RunAsync(collection, 1, 2)).Status);
    }

    private static (WorkStatus Status, int Frames) Result(SegmentReceipt receipt) => (receipt.Status, receipt.Frames);

    private static async Task<List<string>> BytesAsync(TestCollection collection)
    {
        var (names, bytes) = (collection.Store.Names, new List<string>());
        for (var segment = 0; segment < 4; segment++)
        {
            foreach (var name in new[] { names.Times(Film, segment), names.Frames(Film, segment, ".npy"), names.Features(Film, segment) })
            {
                bytes.Add(Convert.ToHexString((await collection.Context.Store.ReadAsync(name, Cancel))!.Content));
            }
        }

        return bytes;
    }

    private static Task<SegmentReceipt> RunAsync(TestCollection collection, int segment = 0, int count = 1) =>
        new SegmentPipeline(collection.Context).RunAsync(new SegmentTask("c", Film, segment, count), Cancel);

    // Four seconds, a frame a second.
    private static async Task<TestCollection> WithFilmAsync(FakeNetwork network, FfmpegTools? tools = null, int samplesPerSegment = 64)
    {
        var collection = await TestCollection.MakeAsync(network, tools ?? await Clips.ToolsAsync(), new WorkOptions { Threads = 2 });
        Directory.CreateDirectory(collection.Films);
        using var folder = new TemporaryFolder();
        var made = await Clips.MakeAsync(folder, "-f lavfi -i testsrc2=size=160x90:rate=5 -t 4 -pix_fmt yuv420p", "film.mp4");
        var path = await collection.WriteAsync("film.mp4", await File.ReadAllBytesAsync(made, Cancel));
        var info = await Clips.ProbeAsync(path);
        var source = new VideoSource("film.mp4", path, new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        await collection.Store.UpdateVideoAsync(
            Film,
            _ => new VideoRecord
            {
                Id = Film,
                Sources = [source],
                Info = info,
            },
            Cancel
        );
        var plan = DecodePlanner.Plan(info, collection.Store.Settings.Sampling) with { SamplesPerSegment = samplesPerSegment };
        await collection.Store.AddPlanAsync(Film, plan, Cancel);
        return collection;
    }
}
