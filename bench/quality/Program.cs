using System.Text.Json;
using OrleansAtlas.Bench;

// How true maps are: both presets beside PCA, t-SNE and UMAP on the same reduced vectors, and what else the program answers.
// quality PEERS.json EXPORT... prints all tables but `brief`, run.sh makes the first; quality --only TABLE EXPORT... prints one;
// quality --summary REPORT.md prints one line a collection out of what was printed. An export is a folder that `atlas export --format npy`
// wrote.

var tables = new Dictionary<string, (string Heading, Func<Export, IEnumerable<string>> Lines)>
{
    ["brief"] = (Line.Heading, Ours.Brief),
    ["stability"] = (Stability.Heading, Stability.Lines),
    ["contours"] = (Contours.Heading, Contours.Lines),
    ["later"] = (Later.Heading, Later.Lines),
    ["copies"] = (Copies.Heading, Copies.Lines),
    ["similar"] = (Similar.Heading, Similar.Lines),
};
if (args is ["--summary", var report])
{
    Console.WriteLine(string.Join('\n', Summary.Lines(report)));
    return 0;
}

if (args.Length < 2 || (args[0] == "--only" && (args.Length < 3 || !tables.ContainsKey(args[1]))))
{
    Console.Error.WriteLine(
        $"quality PEERS.json EXPORT..., quality --only {string.Join('|', tables.Keys)} EXPORT... or quality --summary REPORT.md"
    );
    return 2;
}

if (args[0] != "--only")
{
    var peers = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement;
    Console.WriteLine(Line.Heading);
    foreach (var folder in args[1..])
    {
        var export = Export.Read(folder);
        foreach (var method in peers.TryGetProperty(export.Name, out var known) ? known.EnumerateObject() : default)
        {
            Console.WriteLine(Line.OfPeer(export, method));
        }

        foreach (var line in Ours.Lines(export))
        {
            Console.WriteLine(line);
        }
    }
}

foreach (var (name, (heading, lines)) in tables)
{
    if (args[0] == "--only" ? args[1] != name : name == "brief")
    {
        continue;
    }

    Console.WriteLine();
    Console.WriteLine(heading);
    foreach (var line in args[(args[0] == "--only" ? 2 : 1)..].SelectMany(folder => lines(Export.Read(folder))))
    {
        Console.WriteLine(line);
    }
}

return 0;
