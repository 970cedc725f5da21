using Orleans.Concurrency;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="JobStore"/>.</summary>
[GrainType("joblist"), StatelessWorker]
internal sealed class JobListGrain(WorkContext context) : Grain, IJobListGrain
{
    public async Task<JobList> ListAsync(string? collection, CancellationToken cancellationToken)
    {
        if (collection is not null)
        {
            return new((await JobStore.BookAsync(context.Store, collection, cancellationToken))?.All ?? []);
        }

        var all = await JobStore.AllBooksAsync(context.Store, cancellationToken).ToListAsync(cancellationToken);
        return new([.. all.SelectMany(book => book.All)]);
    }
}
