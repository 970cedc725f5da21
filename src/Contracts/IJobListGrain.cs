namespace OrleansAtlas.Contracts;

/// <summary>Tells what jobs there are, on whatever silo is asked: the store knows.</summary>
[Alias("atlas.job-list-grain")]
public interface IJobListGrain : IGrainWithIntegerKey
{
    /// <summary>Jobs that ended, are at work or wait, of a collection or, with null, of all.</summary>
    [Alias("list")]
    Task<JobList> ListAsync(string? collection, CancellationToken cancellationToken);
}
