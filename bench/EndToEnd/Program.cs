using System.Diagnostics;
using System.Globalization;
using OrleansAtlas.Bench;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx.Models;

// How near the whole pipeline comes to the slower of its two big stages alone, in one run on one machine.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: EndToEnd FOLDER MODEL FPS|keep=SHARE [ROUNDS]");
    return 2;
}

var sampling = args[2].StartsWith("keep=", StringComparison.Ordinal)
    ? new Sampling { Keep = double.Parse(args[2].AsSpan(5), CultureInfo.InvariantCulture) }
    : new Sampling { FramesPerSecond = double.Parse(args[2], CultureInfo.InvariantCulture) };
var rounds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1;
var ffmpeg = ((FfmpegLookup.Found)await FfmpegTools.FindAsync(CancellationToken.None)).Tools;
var images = new VipsImageCodec();
var model = new ModelLibrary().Find(args[1]);
var films = await Films.ReadAsync(args[0], new Prober(ffmpeg, images), sampling, CancellationToken.None);

Console.WriteLine(
    $"{films.Count} films, {films.Sum(film => film.Plan.Samples)} samples, {model.Card.Name}, {Environment.ProcessorCount} cores, "
        + $"load before {File.ReadAllText("/proc/loadavg")[..4]}"
);
Console.WriteLine();
Console.WriteLine(
    "| round | decoding alone, frames/s | describing alone, frames/s | end to end, frames/s | share of the slower | share of one "
        + "after the other |"
);
Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
for (var round = 1; round <= rounds; round++)
{
    var (decoding, sample) = await Alone.DecodeAsync(films, ffmpeg, images, CancellationToken.None);
    var describing = Alone.Describe(sample, model);
    var whole = await Whole.IndexAsync(args[0], sampling, ffmpeg, images, model, CancellationToken.None);
    var after = 1 / ((1 / decoding) + (1 / describing));
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {decoding:0.0} | {describing:0.0} | {whole.FramesPerSecond:0.0} | "
                + $"{100 * whole.FramesPerSecond / Math.Min(decoding, describing):0} % | {100 * whole.FramesPerSecond / after:0} % |"
        )
    );
    if (round == rounds)
    {
        Console.WriteLine();
        Console.WriteLine("| stage of the last round | items | busy s | waiting s |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var line in whole.Page.Stages)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {line.Stage} | {line.Items} | {line.BusySeconds:0.0} | {line.WaitingSeconds:0.0} |"
                )
            );
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all, wall clock | | {whole.Page.Seconds:0.0} | |"));
    }
}

return 0;
