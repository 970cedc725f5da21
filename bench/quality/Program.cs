using System.Diagnostics;
using OrleansAtlas.Bench;
using OrleansAtlas.Maps;
using OrleansAtlas.Reduction;
foreach (var folder in args.Where(a => !a.Contains('=')))
{
    var e = Export.Read(folder);
    var options = new TrainingOptions();
    foreach (var a in args.Where(a => a.Contains('=')))
    {
        var (k, v) = (a.Split('=')[0], a.Split('=')[1]);
        options = k switch
        {
            "preset" => TrainingOptions.Of(v),
            "p" => options with { Perplexity = float.Parse(v) },
            "steps" => options with { AutomaticSteps = int.Parse(v) },
            "ls" => options with { LayoutSteps = int.Parse(v) },
            "lw" => options with { LayoutWeight = float.Parse(v) },
            "w" => options with { EncoderWidth = int.Parse(v) },
            "l" => options with { EncoderLayers = int.Parse(v) },
            "lr" => options with { LearningRate = float.Parse(v) },
            "b" => options with { BatchSize = int.Parse(v) },
            "std" => options with { Deviation = float.Parse(v) },
            "loss" => options with { Loss = Enum.Parse<PairLoss>(v) },
            _ => throw new Exception(k),
        };
    }
    var t = Stopwatch.StartNew();
    var m = Trainer.Train(e.Rows, e.FilmOf, options, null, default);
    var secs = t.Elapsed.TotalSeconds;
    var codes = m.Code.Encode(e.Rows);
    var f = Figures.Of(e, codes);
    Console.WriteLine($"{e.Name} {string.Join(' ', args.Where(a => a.Contains('=')))} {secs:0.0}s rec {m.Report.Epochs[^1].Losses.Reconstruction:0.000} layout {m.Report.Epochs[^1].Losses.Layout:0.0e0} codes: trust {f.Trustworthiness:0.0000} kept {f.Kept:0.000} 1nn {f.Nearest:0.000} corr {f.Correlation:0.00}");
    foreach (var s in new[] { 0.5, 0.75, 1 })
    {
        var g = Figures.Of(e, Stretch.Fit(codes, 0, s).Apply(codes));
        Console.WriteLine($"   stretch {s}: trust {g.Trustworthiness:0.0000} kept {g.Kept:0.000} 1nn {g.Nearest:0.000} corr {g.Correlation:0.00} cov {g.Coverage:0.00}");
    }
    if (args.Contains("hold=1")) { }
}
