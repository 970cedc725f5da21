using System.Globalization;
using OrleansAtlas.Bench;
using OrleansAtlas.Hosting;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;

// A library of many tiny films, and a store that knows them all as a run of `atlas index` leaves it: to measure a run that finds
// nothing new.
if (args is not [var films, var store, var number])
{
    Console.Error.WriteLine("usage: Unchanged FOLDER|ADDRESS STORE COUNT");
    return 2;
}

var count = int.Parse(number, CultureInfo.InvariantCulture);
await TinyFilms.MakeAsync(films, count, CancellationToken.None);
await using var atlas = await Atlas.OpenAsync(store);
var request = new CollectionRequest(Model: "resnet18", Sampling: new Sampling { FramesPerSecond = 1 });
var collection = (await atlas.GetOrCreateAsync("films", request)).Store;
var known = 0;
await Parallel.ForEachAsync(
    atlas.Work.Films.FindAsync([films], null, [], CancellationToken.None),
    new ParallelOptions { MaxDegreeOfParallelism = 8 },
    async (film, token) =>
    {
        await KnownFilm.AddAsync(collection, film, token);
        if (Interlocked.Increment(ref known) % 10_000 == 0)
        {
            Console.WriteLine($"{known} films are known");
        }
    }
);
Console.WriteLine($"{known} films are known");
return 0;
