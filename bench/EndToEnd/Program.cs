using System.Globalization;
using OrleansAtlas.Bench;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;

// What the whole pipeline takes of the processors, over what ffmpeg alone and describing alone take: in one run on one machine.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: EndToEnd FOLDER MODEL FPS|keep=SHARE [ROUNDS]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args[0] == Whole.Verb)
{
    await Whole.RunAsync(args[1], args[2], ParseSampling(args[3]), args.ElementAtOrDefault(4), CancellationToken.None);
    return 0;
}

var sampling = ParseSampling(args[2]);
var rounds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1;
var ffmpeg = ((FfmpegLookup.Found)await FfmpegTools.FindAsync(CancellationToken.None)).Tools;
var images = new VipsImageCodec();
var model = new ModelLibrary().Find(args[1]);
var films = await Films.ReadAsync(args[0], new Prober(ffmpeg, images), sampling, CancellationToken.None);
var samples = films.Sum(film => film.Plan.Samples);
var sample = await DescribingAlone.SampleAsync(films, ffmpeg, images, CancellationToken.None);

Console.WriteLine(
    $"{films.Count} films, {samples} samples, {model.Card.Name}, {Environment.ProcessorCount} cores, "
        + $"load before {File.ReadAllText("/proc/loadavg")[..4]}. Processor seconds (by the clock):"
);
Console.WriteLine();
Console.WriteLine("| round | ffmpeg alone | describing alone | both | end to end | end to end over both | limiting stage |");
Console.WriteLine("|--:|--:|--:|--:|--:|--:|---|");
LedgerPage? page = null;
for (var round = 1; round <= rounds; round++)
{
    var decoding = await FfmpegAlone.RunAsync(films, ffmpeg, CancellationToken.None);
    var describing = await DescribingAlone.RunAsync(sample, samples, model);
    (var whole, page) = await Whole.MeasureAsync([args[0], model.Path, args[2]], CancellationToken.None);
    var both = decoding.Processor + describing.Processor;
    Console.WriteLine(
        $"| {round} | {Text(decoding)} | {Text(describing)} | {both:0.0} | {Text(whole)} | {whole.Processor / both:0.00} | "
            + $"{page.LimitingStage} |"
    );
    if (round == rounds)
    {
        Console.WriteLine();
        Console.WriteLine("| stage of the last round | items | processor s | busy s | waiting s |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var line in page.Stages.Where(line => line.Items > 0 || line.ProcessorSeconds > 0))
        {
            Console.WriteLine(
                $"| {line.Stage} | {line.Items} | {line.ProcessorSeconds:0.0} | {line.BusySeconds:0.0} | {line.WaitingSeconds:0.0} |"
            );
        }

        Console.WriteLine(
            $"| all | | {page.ProcessorSeconds:0.0} of {whole.Processor:0.0} ({100 * page.ProcessorSeconds / whole.Processor:0} %) | | |"
        );
    }
}

return 0;

static Sampling ParseSampling(string text) =>
    text.StartsWith("keep=", StringComparison.Ordinal)
        ? new Sampling { Keep = double.Parse(text.AsSpan(5), CultureInfo.InvariantCulture) }
        : new Sampling { FramesPerSecond = double.Parse(text, CultureInfo.InvariantCulture) };

static string Text(Cost cost) => $"{cost.Processor:0.0} ({cost.Seconds:0.0})";
