using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>A book of jobs as it is stored: the last job's own fields, as they were when it was all that was kept, and beside them
/// <c>queued</c> and <c>history</c> where there are some. So silos of before read the last job, and files of before are read.</summary>
internal static class JobFile
{
    private const string Queued = "queued";
    private const string Ended = "history";

    /// <summary>Reads a file of any version.</summary>
    /// <exception cref="DamagedFileException">It is none.</exception>
    public static JobBook Parse(ReadOnlySpan<byte> json)
    {
        var last = StoreJson.Parse<Job>(json);
        var fields = StoreJson.Parse<JsonObject>(json);
        return new JobBook(last, Jobs(fields, Queued), Jobs(fields, Ended));
    }

    /// <summary>The file.</summary>
    public static byte[] ToBytes(JobBook book)
    {
        if (book is { Queued: [], Ended: [] })
        {
            return StoreJson.ToBytes(book.Last);
        }

        var fields = JsonSerializer.SerializeToNode(book.Last, StoreJson.Options)!.AsObject();
        Add(fields, Queued, book.Queued);
        Add(fields, Ended, book.Ended);
        return StoreJson.ToBytes(fields);
    }

    private static void Add(JsonObject fields, string name, IReadOnlyList<Job> jobs)
    {
        if (jobs.Count > 0)
        {
            fields[name] = JsonSerializer.SerializeToNode(jobs, StoreJson.Options);
        }
    }

    private static IReadOnlyList<Job> Jobs(JsonObject fields, string name)
    {
        try
        {
            return fields[name].Deserialize<IReadOnlyList<Job>>(StoreJson.Options) ?? [];
        }
        catch (JsonException error)
        {
            throw new DamagedFileException($"'{name}' is no list of jobs: {error.Message}", error);
        }
    }
}
