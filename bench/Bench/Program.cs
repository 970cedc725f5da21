using OrleansAtlas.Bench.Pictures;
using OrleansAtlas.Bench.Search;

return args switch
{
    ["copies", var folders, var cases, var report] => await CopiesBench.RunAsync(folders, cases, report),
    ["vectors", var report] => await VectorsBench.RunAsync(report),
    ["codec", var photo] => CodecBench.Run(photo),
    ["mosaics", var store, var collection, var report] => await MosaicBench.RunAsync(store, collection, report),
    ["bars", var store, var collection, var report] => await BarsBench.RunAsync(store, collection, report),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench copies FOLDER[:FOLDER] CASES.TSV REPORT.md    recall by kind of copy, and precision");
    Console.Error.WriteLine("bench vectors REPORT.md    a search over a million vectors");
    Console.Error.WriteLine("bench codec PHOTO    what one picture costs to encode, decode and scale");
    Console.Error.WriteLine("bench mosaics STORE COLLECTION REPORT.md    pictures from stored frames");
    Console.Error.WriteLine("bench bars STORE COLLECTION REPORT.md    black bars put around films and found");
    return 2;
}
