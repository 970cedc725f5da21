using System.Text.Json;
using OrleansAtlas.Bench;

// How true maps are: both presets beside PCA, t-SNE and UMAP on the same reduced vectors. quality PEERS.json EXPORT... prints the table;
// run.sh makes the first. An export is a folder that `atlas export --format npy` wrote.

if (args.Length < 2)
{
    Console.Error.WriteLine("quality PEERS.json EXPORT...");
    return 2;
}

var peers = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement;
Console.WriteLine(Line.Heading);
foreach (var folder in args[1..])
{
    var export = Export.Read(folder);
    foreach (var method in peers.GetProperty(export.Name).EnumerateObject())
    {
        Console.WriteLine(Line.OfPeer(export, method));
    }

    foreach (var line in Ours.Lines(export))
    {
        Console.WriteLine(line);
    }
}

Console.WriteLine();
Console.WriteLine(Stability.Heading);
foreach (var line in args[1..].SelectMany(folder => Stability.Lines(Export.Read(folder))))
{
    Console.WriteLine(line);
}

return 0;
