using OrleansAtlas.Hosting;
using OrleansAtlas.Indexing;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Work;

// A folder of films becomes a map; then clips like one of them are found, and the map is drawn.
await using var atlas = await Atlas.OpenAsync("store");
var holidays = await atlas.GetOrCreateAsync("holidays", new CollectionRequest(Model: "resnet18"));
var report = await holidays.IndexAsync([args[0]], new Progress<ProgressReport>(step => Console.WriteLine($"{step.Step} {step.Done}")));
var map = await holidays.OpenMapAsync();
Console.WriteLine($"{report.Done.Count} films, {map.Count} frames, map {map.Info.Version}");
foreach (var match in await holidays.FindSimilarAsync(args[1], count: 3))
{
    Console.WriteLine($"{match.Score:0.00} {match.Clip.Name}: {match.Why}");
}

var mosaic = await holidays.DrawMosaicAsync("mosaic.png", new MosaicRequest { Columns = 4, Rows = 3 });
Console.WriteLine($"{mosaic.Path}: {mosaic.Width}x{mosaic.Height} pixels");
