using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Progress;

namespace OrleansAtlas.Tests;

/// <summary>What is said of a store that people, programs and disks work on.</summary>
public sealed class ProgressLookTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private CollectionStore _collection = null!;
    private ProgressLook _look = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder["films"]);
        foreach (var name in (string[])["whole.mp4", "gone.mp4", "damaged.mp4"])
        {
            var source = $"testsrc2=size=160x{(name.Length * 8) + 16}:rate=10:duration=4";
            await TestStore.FfmpegAsync(Cancel, "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", _folder["films", name]);
        }

        var store = await TestStore.IndexAsync(_folder["store"], 5, [_folder["films"]], Cancel);
        _collection = (await CollectionStore.OpenAsync(store, TestStore.Collection, Cancel))!;
        _look = new ProgressLook(_collection, _clock);
    }

    [Fact]
    public async Task Files_of_other_programs_are_no_segments_and_break_nothing()
    {
        var features = Directory.GetFiles(
            _folder["store", TestStore.Collection, "videos"],
            "features-00000.npy",
            SearchOption.AllDirectories
        );
        foreach (var file in features)
        {
            File.Copy(file, file.Replace("00000", "00000 (1)", StringComparison.Ordinal));
            File.Copy(file, file.Replace("00000", "copy", StringComparison.Ordinal));
        }

        var now = await _look.LookAsync(Cancel);

        Assert.Equal((3, 60, 60, 60), (now.Films, now.Frames, now.Expected, now.OnMap));
    }

    [Fact]
    public async Task What_is_there_has_as_many_frames_as_the_store_says_with_any_descriptor()
    {
        // A descriptor as short as the checksum that follows it must not count as frames.
        var settings = _collection.Settings;
        var listing = new SegmentListing(settings with { Model = settings.Model with { Dimensions = 4 } });
        var header = OrleansAtlas.Numerics.Npy.Header<Half>(1, 4).Length;
        listing.Add(new ArtifactEntry("clips/videos/a/features-00000.npy", header + (5 * 2 * 4) + Checksum.TrailerLength));
        listing.Add(new ArtifactEntry("clips/videos/a/times-00000.npy", 1));
        listing.Add(new ArtifactEntry("clips/videos/a/frames-00000.jpgs", 1));

        Assert.Equal([new SegmentFrames(0, 5)], listing.Done("a"));
        Assert.Equal(60, (await _look.LookAsync(Cancel)).Frames);
    }

    [Fact]
    public async Task Films_that_are_damaged_or_gone_are_told_with_their_reason()
    {
        Assert.Empty((await _look.LookAsync(Cancel)).Failures);

        var damaged = await IdAsync("damaged.mp4");
        await _collection.UpdateVideoAsync(
            damaged,
            record => record! with { Damage = new FilmDamage("damaged.mp4 is damaged: 3 of 20 samples are missing.", new string('0', 64)) },
            Cancel
        );
        File.Delete(_folder["films", "gone.mp4"]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var now = await _look.LookAsync(Cancel);

        Assert.Equal((0, 1, 1), (now.Failed, now.Damaged, now.Gone));
        Assert.Equal(
            [("damaged.mp4", TroubleKind.Damaged), ("gone.mp4", TroubleKind.Gone)],
            now.Failures.Select(failure => (failure.Name, failure.Kind))
        );
        Assert.Contains("3 of 20 samples", now.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Contains("is not where it was indexed", now.Failures[1].Reason, StringComparison.Ordinal);

        await _collection.RemoveVideoAsync(damaged, Cancel);
        var later = await _look.LookAsync(Cancel);
        Assert.Equal((2, 0, 1), (later.Films, later.Damaged, later.Gone));
    }

    [Fact]
    public async Task An_input_that_failed_before_it_was_a_film_is_told_with_its_reason()
    {
        var input = new FailedInput("late.mp4", "http://films.example/late.mp4", "'http://films.example/late.mp4' cannot be read.");
        await _collection.UpdateFailedInputsAsync(_ => false, [input], Cancel);
        var now = await _look.LookAsync(Cancel);
        Assert.Equal(1, now.Failed);
        Assert.Equal((input.Name, input.Reason), now.Failures.Select(failure => (failure.Name, failure.Reason)).Single());
    }

    [Fact]
    public async Task A_file_that_goes_away_is_noticed_within_a_minute_though_nothing_else_happens()
    {
        await _look.LookAsync(Cancel);
        File.Move(_folder["films", "gone.mp4"], _folder["elsewhere.mp4"]);
        Assert.Equal(0, (await _look.LookAsync(Cancel)).Gone);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await _look.LookAsync(Cancel)).Gone);

        File.Move(_folder["elsewhere.mp4"], _folder["films", "gone.mp4"]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await _look.LookAsync(Cancel)).Gone);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> IdAsync(string name)
    {
        await foreach (var record in _collection.VideosAsync(Cancel))
        {
            if (record.Name == name)
            {
                return record.Id;
            }
        }

        throw new InvalidOperationException(name);
    }
}
