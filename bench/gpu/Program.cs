using System.Globalization;
using OrleansAtlas.Bench;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;

// Images a second of each model: ONNX Runtime by itself, the extractor, and the queue that segments ask. Called by run.sh.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine("| model | ran on | sessions or lanes | batch | ONNX Runtime, images/s | extractor | share | queue | share |");
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|");
foreach (var name in args)
{
    var model = new ModelLibrary().Find(name);
    double own,
        extracted;
    string line;
    using (var extractor = OnnxFeatureExtractor.Open(model))
    {
        own = Plain.ImagesPerSecond(model, extractor.Provider, extractor.BatchSize, extractor.Lanes);
        extracted = Rate.Of(extractor.Lanes, extractor.BatchSize, () => Rate.Describing(extractor));
        line = $"| {model.Card.Name} | {extractor.Provider} | {extractor.Lanes} | {extractor.BatchSize} ";
    }

    using var queue = new InferenceQueue(() => OnnxFeatureExtractor.Open(model), new Ledger(TimeProvider.System));
    var queued = await Rate.OfQueueAsync(queue);
    Console.WriteLine($"{line}| {own:0.0} | {extracted:0.0} | {100 * extracted / own:0} % | {queued:0.0} | {100 * queued / own:0} % |");
}
