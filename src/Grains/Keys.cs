using Microsoft.Extensions.Logging;
using OrleansAtlas.Grains.Jobs;

namespace OrleansAtlas.Grains;

/// <summary>Grain keys: a collection's name, a slash, and what is meant in it.</summary>
internal static class Keys
{
    public static string Join(string collection, string inner) => $"{collection}/{inner}";

    public static (string Collection, string Inner) Split(string key) => (key[..key.IndexOf('/')], key[(key.IndexOf('/') + 1)..]);

    /// <summary>The collection that any grain belongs to.</summary>
    public static string CollectionOf(GrainId grain) => Parts(grain)[0];

    /// <summary>The log of a grain of a collection, <c>COLLECTION/FILM</c> or <c>COLLECTION/FILM/SEGMENT/VISIT</c>.</summary>
    public static WorkLog LogOf(GrainId grain, ILogger log) =>
        Parts(grain) switch
        {
            [var collection, var film, var segment, ..] => new WorkLog(log, collection, film, segment),
            [var collection, var film] => new WorkLog(log, collection, film),
            [var collection, ..] => new WorkLog(log, collection),
            _ => throw new ArgumentException($"'{grain}' is no grain of a collection."),
        };

    private static string[] Parts(GrainId grain) => grain.Key.ToString()!.Split('/');
}
