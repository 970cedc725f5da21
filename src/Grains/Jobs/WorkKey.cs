using System.Text;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Identifies a piece of work: a request joins the work under way that has the same key. The key is every field of what was
/// asked for, by the name it has on the wire.</summary>
public static class WorkKey
{
    /// <summary>A film is brought up to date.</summary>
    public const string Index = "index";

    /// <summary>A segment is decoded, described and stored.</summary>
    public const string Segment = "segment";

    /// <summary>Frames are placed with a model.</summary>
    public static string Place(string model) => $"place {model}";

    /// <summary>A part of the statistics is made.</summary>
    public static string Gather(string part) => $"gather {part}";

    /// <summary>A model is fitted, or with null the map is brought up to date.</summary>
    public static string MakeMap(TrainRequest? request) => request is null ? "update" : $"train {Text(request)}";

    /// <summary>A collection's job: what was asked for, whatever became of it.</summary>
    public static string Job(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Films is { } films ? $"{Index} {Text(films)}" : MakeMap(job.Train);
    }

    private static string Text<T>(T request) => Encoding.UTF8.GetString(StoreJson.ToBytes(request));
}
