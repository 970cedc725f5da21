using Microsoft.Extensions.Logging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Indexing;

public sealed class SourceRegistryTests : IAsyncLifetime
{
    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What begins as a PNG does, with a content of its own: a photo to the prober.</summary>
    public static byte[] Photo(byte content) => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, content];

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_new_file_becomes_a_film_with_its_name_and_what_probing_found()
    {
        await _collection.WriteAsync("holiday/a.png", Photo(1));
        var registered = Assert.Single(await RegisterAllAsync());
        var film = (await _collection.Store.VideoAsync(registered.Id!, Cancel))!;
        Assert.Equal(("holiday/a.png", MediaKind.Photo, null), (film.Name, film.Info!.Kind, film.Failure));
        Assert.Null(registered.Unchanged);
    }

    [Fact]
    public async Task A_file_of_known_length_and_time_is_not_read_again()
    {
        await _collection.WriteAsync("a.png", Photo(1));
        var first = Assert.Single(await RegisterAllAsync());
        await _collection.WriteAsync("a.png", Photo(2));
        var again = Assert.Single(await RegisterAllAsync());
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.Id, again.Unchanged!.Id);
    }

    [Fact]
    public async Task Two_names_of_one_content_are_one_film_with_both()
    {
        await _collection.WriteAsync("b.png", Photo(1));
        await _collection.WriteAsync("a.png", Photo(1));
        var registered = await RegisterAllAsync();
        var film = Assert.Single(await FilmsAsync());
        Assert.All(registered, registration => Assert.Equal(film.Id, registration.Id));
        Assert.Equal(["a.png", "b.png"], film.Sources.Select(source => source.Name));
    }

    [Fact]
    public async Task A_name_that_has_other_content_leaves_the_film_it_was_and_the_log_says_so()
    {
        await _collection.WriteAsync("a.png", Photo(1));
        await _collection.WriteAsync("b.png", Photo(1));
        var before = (await RegisterAllAsync())[0].Id!;
        await _collection.WriteAsync("a.png", [.. Photo(2), 0]);
        var after = (await RegisterAllAsync())[0].Id!;
        Assert.NotEqual(before, after);
        Assert.Equal(["b.png"], (await _collection.Store.VideoAsync(before, Cancel))!.Sources.Select(source => source.Name));
        Assert.Equal(
            [$"c: the file 'a.png' has other content now; film {before} has one name less"],
            _collection.Logged(LogLevel.Information)
        );
    }

    [Fact]
    public async Task A_film_that_lost_its_last_name_counts_as_gone_and_keeps_what_was_made_of_it_until_the_run_ends()
    {
        await _collection.WriteAsync("a.png", Photo(1));
        var before = (await RegisterAllAsync())[0].Id!;
        await _collection.AddSegmentAsync(before, 0);
        await _collection.WriteAsync("a.png", [.. Photo(2), 0]);
        await RegisterAllAsync();
        Assert.True((await _collection.Store.VideoAsync(before, Cancel))!.Gone);
        Assert.Single(await _collection.Store.SegmentsAsync(before, Cancel));
    }

    [Fact]
    public async Task A_file_that_went_since_it_was_listed_fails_with_its_name()
    {
        var path = await _collection.WriteAsync("a.png", Photo(1));
        var listed = SourceFinder.Find([_collection.Films], null, Cancel).ToList();
        File.Delete(path);
        var registered = await (await SourceRegistry.LoadAsync(_collection.Context, _collection.Store, Cancel)).RegisterAsync(
            listed[0],
            Cancel
        );
        Assert.Null(registered.Id);
        Assert.Contains("'a.png' cannot be read", registered.Failure);
        Assert.Empty(await FilmsAsync());
    }

    [Fact]
    public async Task A_film_that_could_not_be_probed_keeps_the_reason_and_is_probed_again()
    {
        await _collection.WriteAsync("a.jpg", [0xFF, 0xD8, 0xFF, 0]);
        var failed = Assert.Single(await RegisterAllAsync());
        var film = Assert.Single(await FilmsAsync());
        Assert.Equal(film.Failure, failed.Failure);
        Assert.Contains("begins as a JPEG picture does", film.Failure);

        // The same bytes under a name that NoPictures can read.
        await _collection.Store.UpdateVideoAsync(
            film.Id,
            record => record! with { Sources = [record!.Sources[0] with { Path = "gone" }] },
            Cancel
        );
        File.Move(Path.Combine(_collection.Films, "a.jpg"), Path.Combine(_collection.Films, "a.png"));
        Assert.Equal(film.Id, Assert.Single(await RegisterAllAsync()).Id);
        Assert.Null((await _collection.Store.VideoAsync(film.Id, Cancel))!.Failure);
    }

    [Fact]
    public async Task What_is_no_film_is_ignored_and_leaves_nothing_in_the_store()
    {
        await _collection.WriteAsync("notes.txt", "Not a film."u8.ToArray());
        var registered = Assert.Single(await RegisterAllAsync());
        Assert.Equal((null, null), (registered.Id, registered.Failure));
        Assert.Contains("but text", registered.Ignored);
        Assert.Empty(await FilmsAsync());
    }

    private async Task<List<Registration>> RegisterAllAsync()
    {
        var register = await SourceRegistry.LoadAsync(_collection.Context, _collection.Store, Cancel);
        var registered = new List<Registration>();
        foreach (var source in SourceFinder.Find([_collection.Films], null, Cancel))
        {
            registered.Add(await register.RegisterAsync(source, Cancel));
        }

        return registered;
    }

    private async Task<List<VideoRecord>> FilmsAsync()
    {
        var films = new List<VideoRecord>();
        await foreach (var film in _collection.Store.VideosAsync(Cancel))
        {
            films.Add(film);
        }

        return films;
    }
}
