using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>What becomes of jobs that are asked for one after the other.</summary>
public sealed class JobBookTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Jobs_wait_in_order_up_to_a_bound()
    {
        var book = JobBook.Accept(null, Wanted("0"), Noon).Book;
        for (var i = 1; i <= JobBook.MostQueued; i++)
        {
            (book, var receipt) = JobBook.Accept(book, Wanted($"{i}"), Noon);
            Assert.Equal((Acceptance.Queued, i + 1), (receipt.Acceptance, receipt.Number));
        }

        var (same, refused) = JobBook.Accept(book, Wanted("one more"), Noon);
        Assert.Same(book, same);
        Assert.Equal((Acceptance.Refused, 0), (refused.Acceptance, refused.Number));
        Assert.Contains("8 jobs wait for collection 'films' already", refused.Reason, StringComparison.Ordinal);
        Assert.Equal((Acceptance.Joined, 4), Answer(JobBook.Accept(book, Wanted("3"), Noon).Receipt));

        for (var i = 0; i <= JobBook.MostQueued; i++)
        {
            Assert.Equal((i + 1, JobState.Running, $"{i}"), (book.Last.Number, book.Last.State, book.Last.Films!.Paths[0]));
            book = book.End(book.Last with { State = JobState.Done }, Noon.AddHours(i));
        }

        Assert.Equal(JobState.Done, book.Last.State);
        Assert.Empty(book.Queued);
        Assert.Equal(Enumerable.Range(1, 9), book.All.Select(job => job.Number));
        Assert.Equal(Noon.AddHours(8), book.Last.Ended);
    }

    [Fact]
    public void Only_the_job_at_work_can_be_ended_and_ends_are_kept_up_to_a_bound_without_long_lists()
    {
        var paths = Enumerable.Range(0, 1000).Select(i => $"/films/{i}.mp4").ToArray();
        var book = JobBook.Accept(null, Wanted(paths), Noon).Book;
        Assert.Same(book, book.End(book.Last with { Number = 7, State = JobState.Done }, Noon));
        Assert.Same(book, book.Cancel(7, Noon));
        for (var i = 0; i < JobBook.MostEnded + 5; i++)
        {
            book = book.End(book.Last with { State = JobState.Failed, Reason = "Why." }, Noon);
            Assert.Equal(1000, book.Last.Films!.Paths.Count);
            book = JobBook.Accept(book, Wanted(paths), Noon).Book;
        }

        Assert.Equal(JobBook.MostEnded, book.Ended.Count);
        Assert.All(book.Ended, job => Assert.Equal((3, "Why."), (job.Films!.Paths.Count, job.Reason)));
    }

    [Fact]
    public async Task A_book_is_stored_and_read_and_silos_of_before_read_its_last_job()
    {
        var store = LocalStore.Open(_folder["store"], write: true);
        var book = JobBook.Accept(null, Wanted("0") with { By = "me@here" }, Noon).Book;
        book = book.End(book.Last with { State = JobState.Done }, Noon.AddHours(1));
        book = JobBook.Accept(book, Wanted("1"), Noon).Book;
        book = JobBook.Accept(book, Wanted("2"), Noon).Book;

        await JobStore.ChangeAsync(store, "films", _ => book, Cancel);

        var read = (await JobStore.BookAsync(store, "films", Cancel))!;
        Assert.Equal(StoreJson.ToBytes(book), StoreJson.ToBytes(read));
        var bytes = (await store.ReadAsync(".jobs/films.json", Cancel))!.Content;
        Assert.Equal(2, StoreJson.Parse<Job>(bytes).Number);
    }

    private static (Acceptance, int) Answer(JobReceipt receipt) => (receipt.Acceptance, receipt.Number);

    private static Job Wanted(params string[] paths) =>
        new()
        {
            Collection = "films",
            Films = new IndexRequest { Paths = paths },
        };
}
