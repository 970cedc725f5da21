using System.Globalization;
using OrleansAtlas.Contracts;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>What this silo did for each job, written to the store every few seconds while the job runs, and once more when it has
/// ended.</summary>
/// <param name="context">Of this silo, whose ledger counts all it does.</param>
internal sealed class LedgerShares(WorkContext context)
{
    private static readonly string Silo = ArtifactNames.Version(
        Environment.MachineName,
        Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
    );

    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private LedgerPage _before = context.Ledger.Page();

    /// <summary>Writes what has changed.</summary>
    /// <param name="jobs">The last job of every collection.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var now = context.Ledger.Page();
        foreach (var job in jobs)
        {
            var share = _shares.GetValueOrDefault(job.Collection);
            if (share?.Number != job.Number)
            {
                // A job that began after the last look: all since then may be its own. One that had ended before this silo began is no
                // matter.
                _shares[job.Collection] = share = new Share(job.Number, job.State == JobState.Running || share is not null, _before);
            }

            if (share.IsOpen)
            {
                await WriteAsync(job, share, now.Since(share.Start), cancellationToken).ConfigureAwait(false);
                share.IsOpen = job.State == JobState.Running;
            }
        }

        _before = now;
    }

    private async Task WriteAsync(Job job, Share share, LedgerPage page, CancellationToken cancellationToken)
    {
        var items = page.Stages.Sum(line => line.Items);
        if (items == share.Items)
        {
            return;
        }

        var run = string.Create(CultureInfo.InvariantCulture, $"{job.Started:yyyyMMdd'T'HHmmssfff}-{job.Number}");
        var name = new ArtifactNames(job.Collection).LedgerShare(run, Silo);
        share.Items = items;

        // Nobody else writes it, but an answer may be lost.
        share.Tag ??= (await context.Store.ReadAsync(name, cancellationToken).ConfigureAwait(false))?.Tag;
        share.Tag = await context.Store.TryReplaceAsync(name, StoreJson.ToBytes(page), share.Tag, cancellationToken).ConfigureAwait(false);
    }

    private sealed class Share(int number, bool isOpen, LedgerPage start)
    {
        public int Number { get; } = number;

        public LedgerPage Start { get; } = start;

        public bool IsOpen { get; set; } = isOpen;

        public long Items { get; set; }

        public string? Tag { get; set; }
    }
}
