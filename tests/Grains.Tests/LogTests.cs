using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using OrleansAtlas.Contracts;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>What fails, is refused, repeated or given up is in the silos' log once, with collection, film and segment as fields.</summary>
public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new FakeLogCollectorOptions());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_film_that_fails_is_logged_once_and_its_segment_by_the_pipeline_alone()
    {
        await using var cluster = await StartAsync(
            async (c, _, task, cancel) =>
                task is { Segment: 1 } && task.VideoId == Library.IdOf(2)
                    ? new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Failed, 0, "The picture is torn.")
                    : await c.Library.StoreAsync(task, cancel)
        );
        await cluster.Library.AddFilmsAsync(3, 2, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        Assert.Equal(1, (await cluster.EndAsync()).Report!.Failures);

        Assert.Empty(Logged("failed", Library.IdOf(2), "1"));
        var film = Assert.Single(Logged("failed", "00002.mp4", null));
        Assert.Equal(LogLevel.Warning, film.Level);
        Assert.Equal("The picture is torn.", film.GetStructuredStateValue("Reason"));
    }

    [Fact]
    public async Task A_failure_that_was_not_foreseen_is_logged_with_its_exception()
    {
        await using var cluster = await StartAsync((_, _, _, _) => throw new NotSupportedException("Nobody thought of this."));
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        var segment = Assert.Single(Logged("failed", Library.IdOf(0), "0"));
        Assert.Equal(LogLevel.Error, segment.Level);
        Assert.IsType<NotSupportedException>(segment.Exception);
    }

    [Fact]
    public async Task A_segment_that_no_silo_is_able_to_do_is_logged_as_refused_and_given_up()
    {
        await using var cluster = await StartAsync(
            (_, _, task, _) =>
                Task.FromResult(new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, "There is no such model here."))
        );
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        Assert.NotEmpty(Logged("refused", Library.IdOf(0), "0"));
        Assert.Single(Logged("given up", Library.IdOf(0), "0"));
    }

    [Fact]
    public async Task A_call_that_is_lost_is_logged_before_it_is_repeated()
    {
        await using var cluster = await StartAsync(silo: silo => silo.Services.AddSingleton<IOutgoingGrainCallFilter, LosesFirstAnswers>());
        await cluster.Library.AddFilmsAsync(1, 1, Cancel);

        await cluster.Collection.SubmitAsync(cluster.Library.Submission, Cancel);
        await cluster.EndAsync();

        var lost = Assert.Single(Logged("repeated", Library.IdOf(0), "0"));
        Assert.Equal("1", lost.GetStructuredStateValue("Attempt"));
    }

    [Fact]
    public async Task A_job_that_is_refused_is_logged()
    {
        await using var cluster = await StartAsync();

        var receipt = await cluster.Collection.RetrainAsync(new TrainRequest(new TrainingOptions()), Cancel);

        Assert.Equal(Acceptance.Refused, receipt.Acceptance);
        Assert.Equal(receipt.Reason, Assert.Single(Logged("refused", null, null)).GetStructuredStateValue("Reason"));
    }

    private Task<Cluster> StartAsync(
        Func<Cluster, string, SegmentTask, CancellationToken, Task<SegmentReceipt>>? work = null,
        Action<ISiloBuilder>? silo = null
    ) =>
        Cluster.StartAsync(
            _folder,
            work,
            silo: host =>
            {
                host.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(_log));
                silo?.Invoke(host);
            }
        );

    // Entries of this project about the collection, and about the film and segment where given, whose text has a word in it.
    private List<FakeLogRecord> Logged(string word, string? film, string? segment) =>
        [
            .. _log.GetSnapshot()
                .Where(entry =>
                    entry.GetStructuredStateValue("Collection") == Cluster.Name
                    && entry.GetStructuredStateValue("Film") == film
                    && entry.GetStructuredStateValue("Segment") == segment
                    && entry.Message.Contains(word, StringComparison.Ordinal)
                ),
        ];
}
