using System.Globalization;
using OrleansAtlas.Bench;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;

// Images a second of each model: ONNX Runtime by itself, the extractor, and the queue that segments ask. Called by run.sh.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// All in float32; where a GPU may compute in float16, the extractor in float16 too.
Console.WriteLine(
    "| model | ran on | sessions or lanes | batch | ONNX Runtime, images/s | extractor | share | queue | share | extractor, float16 |"
);
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
var single = new OnnxOptions { Precision = OnnxOptions.Float32 };
foreach (var name in args)
{
    var model = new ModelLibrary().Find(name);
    double own,
        extracted;
    string line;
    using (var extractor = OnnxFeatureExtractor.Open(model, single))
    {
        own = Plain.ImagesPerSecond(model, extractor.Provider, extractor.BatchSize, extractor.Lanes);
        extracted = Rate.Of(extractor.Lanes, extractor.BatchSize, () => Rate.Describing(extractor));
        line = $"| {model.Card.Name} | {extractor.Provider} | {extractor.Lanes} | {extractor.BatchSize} ";
    }

    using var queue = new InferenceQueue(() => OnnxFeatureExtractor.Open(model, single), new Ledger(TimeProvider.System));
    var queued = await Rate.OfQueueAsync(queue);
    using var best = OnnxFeatureExtractor.Open(model);
    var half =
        best.Precision == OnnxOptions.Float16 ? $"{Rate.Of(best.Lanes, best.BatchSize, () => Rate.Describing(best)):0.0}"
        : best.WhySingle is { } reason ? $"no: {reason}"
        : "not on the CPU";
    Console.WriteLine(
        $"{line}| {own:0.0} | {extracted:0.0} | {100 * extracted / own:0} % | {queued:0.0} | {100 * queued / own:0} % | {half} |"
    );
}
